@NullMarked
package dev.ashlar.crds;

import org.jspecify.annotations.NullMarked;
