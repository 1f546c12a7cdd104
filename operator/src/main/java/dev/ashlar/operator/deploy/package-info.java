/**
 * Applying an overlay: reads what {@code kubectl kustomize} makes of it, builds and pushes the images it names, writes a
 * kustomization with their digests below {@code target/deploy}, applies that server-side and waits until it runs. The overlays
 * themselves stay plain kustomize without digests, which change with every build.
 */
@NullMarked
package dev.ashlar.operator.deploy;

import org.jspecify.annotations.NullMarked;
