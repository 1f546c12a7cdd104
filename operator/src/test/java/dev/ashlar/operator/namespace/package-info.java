@NullMarked
package dev.ashlar.operator.namespace;

import org.jspecify.annotations.NullMarked;
