@NullMarked
package dev.ashlar.operator.kube;

import org.jspecify.annotations.NullMarked;
