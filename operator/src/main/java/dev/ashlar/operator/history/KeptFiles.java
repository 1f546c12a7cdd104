package dev.ashlar.operator.history;

import dev.ashlar.crds.MountedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a service whose content stands in its spec: what is in their ConfigMap, and its name, which differs as soon as the content does. */
public final class KeptFiles {
    private KeptFiles() {}

    /** By their key, which is the place of the file among all; a path can hold what a key must not. */
    public static Map<String, String> data(List<MountedFile> files) {
        Map<String, String> data = new TreeMap<>();
        for (int i = 0; i < files.size(); i++) {
            String content = files.get(i).content();
            if (content != null) {
                data.put(key(i), content);
            }
        }
        return data;
    }

    public static String key(int index) {
        return "file-%02d".formatted(index);
    }

    /** The name of the ConfigMap, empty where no file has content. */
    public static Optional<String> name(String service, List<MountedFile> files) {
        Map<String, String> data = data(files);
        return data.isEmpty() ? Optional.empty() : Optional.of(service + "-" + SpecHash.of(data));
    }
}
