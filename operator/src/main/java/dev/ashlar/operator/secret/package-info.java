/**
 * Which Secrets the operator knows: their names, keys and versions, in the namespaces where a RoleBinding with the label {@code
 * ashlar.dev/secrets} lets it read them. Nothing of what is in them is kept here.
 */
@NullMarked
package dev.ashlar.operator.secret;

import org.jspecify.annotations.NullMarked;
