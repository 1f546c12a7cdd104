/**
 * What the source tree says about images: {@code images/NAME/image.yaml} and {@code images/lock.yaml}, read strictly,
 * so that a misspelt field is an error and not a silent default.
 */
@NullMarked
package dev.ashlar.images.recipe;

import org.jspecify.annotations.NullMarked;
