/** What the operator may do in the cluster: nothing that it never does, and nothing that would let it do more. */
@NullMarked
package dev.ashlar.operator.rights;

import org.jspecify.annotations.NullMarked;
