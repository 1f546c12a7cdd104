/**
 * How far a Service's pods and runs got, and why not further, in one sentence with the remedy. It reads what the watches know of the
 * objects, of the pods and of what the cluster warned of, and never asks the API server.
 */
@NullMarked
package dev.ashlar.operator.service.verdict;

import org.jspecify.annotations.NullMarked;
