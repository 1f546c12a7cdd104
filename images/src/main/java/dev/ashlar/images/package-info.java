@NullMarked
package dev.ashlar.images;

import org.jspecify.annotations.NullMarked;
