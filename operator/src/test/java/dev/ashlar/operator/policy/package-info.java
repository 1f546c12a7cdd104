@NullMarked
package dev.ashlar.operator.policy;

import org.jspecify.annotations.NullMarked;
