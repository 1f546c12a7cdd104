@NullMarked
package dev.ashlar.operator.cluster.pki;

import org.jspecify.annotations.NullMarked;
