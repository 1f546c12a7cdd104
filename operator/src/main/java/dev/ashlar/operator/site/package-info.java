/**
 * A website: a {@link dev.ashlar.crds.Site} becomes one Service for its content and one for each of its services, and is Ready when all of
 * them are.
 *
 * <p>It never touches a Deployment or a pod: what a Service is made of is the business of package {@code service}, and the two talk only
 * through the Service's spec and status.
 */
@NullMarked
package dev.ashlar.operator.site;

import org.jspecify.annotations.NullMarked;
