/**
 * What every command does with the terminal: progress lines with times on stderr, one sentence for an error, colour only where a
 * person looks. It knows nothing of clusters, so that every feature may use it.
 */
@NullMarked
package dev.ashlar.operator.terminal;

import org.jspecify.annotations.NullMarked;
