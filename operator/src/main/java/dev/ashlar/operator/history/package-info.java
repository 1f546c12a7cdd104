/**
 * The revisions of a resource that belongs to no other: of a Site with all that is made for it, of a Service without a Site. Each spec that was
 * to run has a number; what is needed to run it again exactly is in a ControllerRevision, and what became of it is in the status.
 *
 * <p>{@code Ledger} and {@code Decision} are pure: out of the spec and the history of the status they say what runs, and out of how that went
 * what the history says next. {@code Keeper} adds the only writes, the ControllerRevisions. Nothing is remembered that the cluster does not know.
 */
@NullMarked
package dev.ashlar.operator.history;

import org.jspecify.annotations.NullMarked;
