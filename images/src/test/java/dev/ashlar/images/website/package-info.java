@NullMarked
package dev.ashlar.images.website;

import org.jspecify.annotations.NullMarked;
