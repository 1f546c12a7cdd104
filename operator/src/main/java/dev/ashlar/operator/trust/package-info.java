/** Has the machine of whoever develops trust the CA of the cluster, so that no browser warns of its pages. */
@NullMarked
package dev.ashlar.operator.trust;

import org.jspecify.annotations.NullMarked;
