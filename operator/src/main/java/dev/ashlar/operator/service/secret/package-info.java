/**
 * Which Secrets the operator knows: their names, keys and versions, never what is in them, in the namespaces where a RoleBinding with the label
 * {@code ashlar.dev/secrets} lets it read them. A Service starts when its Secrets are there and rolls when one of them changes.
 */
@NullMarked
package dev.ashlar.operator.service.secret;

import org.jspecify.annotations.NullMarked;
