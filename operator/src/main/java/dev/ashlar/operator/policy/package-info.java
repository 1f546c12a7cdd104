/**
 * Proves images before they run: for each Service, whether the image it names keeps the rules of {@code ashlar image verify}, and
 * whether that is in its way (in namespaces with the label {@code ashlar.dev/policy=enforce}) or only told.
 *
 * <p>A verdict is made once for each image, one image at a time beside the threads that reconcile, and kept as a ConfigMap of
 * {@code ashlar-system}, one for each image: it survives the operator, two writers write the same, and none grows. Who may write
 * there may also change the operator and the list of known images, so that a verdict is no easier to forge than what it is made by.
 */
@NullMarked
package dev.ashlar.operator.policy;

import org.jspecify.annotations.NullMarked;
