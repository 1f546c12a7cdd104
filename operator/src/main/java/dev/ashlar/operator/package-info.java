@NullMarked
package dev.ashlar.operator;

import org.jspecify.annotations.NullMarked;
