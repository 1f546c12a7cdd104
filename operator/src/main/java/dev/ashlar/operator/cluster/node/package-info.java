/**
 * A node of the local cluster, of which there are up to five: its name, addresses and folders, which programs run on it with
 * which flags and configuration files, and what the API and its image store need before the first pod.
 */
@NullMarked
package dev.ashlar.operator.cluster.node;

import org.jspecify.annotations.NullMarked;
