/**
 * Talks to registries by the OCI distribution specification 1.1: {@link dev.ashlar.images.registry.Reference} is how a user names
 * an image, {@link dev.ashlar.images.registry.Registry} reads and writes one repository, {@code Referrers} finds what was attached
 * to an image. By the JDK's HTTP client, since it takes the trust in a cluster's own CA as an {@code SSLContext}; what a registry
 * sends is hostile input: bounded, timed and checked by its digest.
 */
@NullMarked
package dev.ashlar.images.registry;

import org.jspecify.annotations.NullMarked;
