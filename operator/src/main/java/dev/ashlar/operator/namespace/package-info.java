/** Namespaces for Sites and Services: what one needs beside its name. */
@NullMarked
package dev.ashlar.operator.namespace;

import org.jspecify.annotations.NullMarked;
