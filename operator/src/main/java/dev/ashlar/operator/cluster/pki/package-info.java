/**
 * Certificate authorities and the certificates they issue, for a local cluster and for a registry. Keys are ECDSA
 * P-256, fresh for each authority, and never leave the machine; files are readable by their owner only.
 */
@NullMarked
package dev.ashlar.operator.cluster.pki;

import org.jspecify.annotations.NullMarked;
