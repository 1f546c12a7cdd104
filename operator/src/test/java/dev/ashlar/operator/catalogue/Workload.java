package dev.ashlar.operator.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a pod is to run: one container of an image of the tree.
 *
 * @param image the name of its folder in {@code images/}
 * @param command instead of the image's entrypoint; empty: the image's own
 * @param args instead of the image's cmd; empty: the image's own
 * @param files read-only, content by path
 * @param port what it listens on once it is ready; absent: it is ready when it runs
 * @param memory its limit
 * @param serviceAccount whose token it gets; absent: none
 * @param claim what is mounted at /data; absent: an empty folder
 */
record Workload(
        String image,
        List<String> command,
        List<String> args,
        Map<String, String> env,
        Map<String, String> files,
        Optional<Integer> port,
        String memory,
        Optional<String> serviceAccount,
        Optional<String> claim) {

    static Workload of(String image) {
        return new Workload(
                image,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                "128Mi",
                Optional.empty(),
                Optional.empty());
    }

    Workload command(String... command) {
        return new Workload(image, List.of(command), args, env, files, port, memory, serviceAccount, claim);
    }

    Workload args(String... args) {
        return new Workload(image, command, List.of(args), env, files, port, memory, serviceAccount, claim);
    }

    Workload env(String name, String value) {
        return new Workload(image, command, args, with(env, name, value), files, port, memory, serviceAccount, claim);
    }

    Workload file(String path, String content) {
        return new Workload(image, command, args, env, with(files, path, content), port, memory, serviceAccount, claim);
    }

    Workload port(int port) {
        return new Workload(image, command, args, env, files, Optional.of(port), memory, serviceAccount, claim);
    }

    Workload memory(String memory) {
        return new Workload(image, command, args, env, files, port, memory, serviceAccount, claim);
    }

    Workload serviceAccount(String name) {
        return new Workload(image, command, args, env, files, port, memory, Optional.of(name), claim);
    }

    Workload claim(String name) {
        return new Workload(image, command, args, env, files, port, memory, serviceAccount, Optional.of(name));
    }

    private static Map<String, String> with(Map<String, String> before, String key, String value) {
        Map<String, String> all = new TreeMap<>(before);
        all.put(key, value);
        return all;
    }
}
