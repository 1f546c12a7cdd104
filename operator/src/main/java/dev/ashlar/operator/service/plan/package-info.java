/**
 * What a Service's objects need, checked and named: the one reading of its spec, with every absent field given its meaning and every one-of
 * made a sealed type. It reads nothing but the resource and what is handed to it.
 */
@NullMarked
package dev.ashlar.operator.service.plan;

import org.jspecify.annotations.NullMarked;
