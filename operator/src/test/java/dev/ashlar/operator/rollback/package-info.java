@NullMarked
package dev.ashlar.operator.rollback;

import org.jspecify.annotations.NullMarked;
