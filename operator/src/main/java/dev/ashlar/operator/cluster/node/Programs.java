package dev.ashlar.operator.cluster.node;

import java.nio.file.Path;

/** The folders of host programs, by the name of their recipe in {@code images/}; a folder is built when it is asked for. */
@FunctionalInterface
public interface Programs {
    Path folder(String name);
}
