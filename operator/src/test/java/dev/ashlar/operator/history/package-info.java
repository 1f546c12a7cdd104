@NullMarked
package dev.ashlar.operator.history;

import org.jspecify.annotations.NullMarked;
