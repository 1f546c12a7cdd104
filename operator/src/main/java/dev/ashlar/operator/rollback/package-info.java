/**
 * {@code ashlar history} and {@code ashlar rollback}: what ran of a Site, or of a Service without one, and the way back. All they write is {@code spec.rollbackTo}; what
 * becomes of it is the operator's business, and is waited for.
 */
@NullMarked
package dev.ashlar.operator.rollback;

import org.jspecify.annotations.NullMarked;
