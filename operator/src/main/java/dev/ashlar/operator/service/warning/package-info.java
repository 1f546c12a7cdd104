/**
 * What the cluster warned of, by the object that it is about: an answer to a check, a pod that was refused, a volume that cannot be
 * mounted are told nowhere but in Events. They are watched, and of each only what explains is kept.
 */
@NullMarked
package dev.ashlar.operator.service.warning;

import org.jspecify.annotations.NullMarked;
