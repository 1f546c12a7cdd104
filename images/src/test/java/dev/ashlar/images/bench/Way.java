package dev.ashlar.images.bench;

import java.nio.file.Path;

/** One way from a folder to an image in a registry. */
@FunctionalInterface
interface Way {
    void push(Path website) throws Exception;
}
