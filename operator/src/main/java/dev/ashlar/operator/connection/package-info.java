/**
 * How a command reaches the cluster and its registry: which kubeconfig, a client that gives up soon, and a forward to a registry
 * pod whose certificate is checked. Everything goes through the API server, so that it works on every kind of cluster.
 */
@NullMarked
package dev.ashlar.operator.connection;

import org.jspecify.annotations.NullMarked;
