/** A Service starts when its Secrets are there and rolls when one of them changes. */
@NullMarked
package dev.ashlar.operator.service.secret;

import org.jspecify.annotations.NullMarked;
