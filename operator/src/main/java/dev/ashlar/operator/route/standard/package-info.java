/**
 * Sites behind a gateway of the cluster's own: their routes as HTTPRoutes of the Gateway API (standard channel, 1.5 and later), their
 * certificates as those of cert-manager. Both are made beside each Site and belong to it. Who has which domain is settled in package
 * {@code route} all the same, and only domains that a Site has are written.
 *
 * <p>The Gateway API says less than a Site can. {@code Unsaid} names what it cannot say; where leaving it out would answer somebody who is to
 * have no answer, the path stays closed instead.
 */
@NullMarked
package dev.ashlar.operator.route.standard;

import org.jspecify.annotations.NullMarked;
