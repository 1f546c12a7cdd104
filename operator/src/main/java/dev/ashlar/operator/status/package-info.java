/**
 * What runs, for a person: Sites and the Services that belong to none, as the operator's conditions describe them, and one Site
 * in full. It reads the cluster and writes nothing.
 */
@NullMarked
package dev.ashlar.operator.status;

import org.jspecify.annotations.NullMarked;
