package dev.ashlar.images.fetch;

import dev.ashlar.images.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * npm's packages by npm and pnpm, with the user's settings of npm. Both check each package against the hash in the lock file
 * of the folder, and run nothing of what they fetch.
 */
public final class Npm {
    private final Path cache;
    private final boolean offline;

    /**
     * @param cache what was fetched before, also by another machine
     * @param offline whether that must be enough
     */
    Npm(Path cache, boolean offline) {
        this.cache = cache;
        this.offline = offline;
    }

    /**
     * Puts what a folder's package-lock.json names into its node_modules.
     *
     * @param node the folder of Node.js, with bin/node and npm
     */
    public void install(Path node, Path folder, String purpose) throws IOException {
        Path npm = node.resolve("lib/node_modules/npm/bin/npm-cli.js");
        run(node, folder, purpose, List.of(npm.toString(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
    }

    /**
     * Puts what a folder's pnpm-lock.yaml names for production into its node_modules.
     *
     * @param pnpm the folder of pnpm's package
     */
    public void installByPnpm(Path node, Path pnpm, Path folder, String purpose) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(pnpm.resolve("bin/pnpm.mjs").toString());
        arguments.addAll(
                List.of("install", "--prod", "--frozen-lockfile", "--ignore-scripts", "--reporter=append-only"));
        // No script of a build may reach into the store by a hard link.
        arguments.addAll(List.of("--package-import-method=copy", "--store-dir=" + cache.resolve("pnpm")));
        run(node, folder, purpose, arguments);
    }

    private void run(Path node, Path folder, String purpose, List<String> script) throws IOException {
        Files.createDirectories(cache);
        Map<String, String> environment = Apt.environment();
        Path bin = node.resolve("bin");
        environment.merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
        environment.put("npm_config_cache", cache.resolve("npm").toString());
        for (String variable : List.of("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")) {
            environment.put(variable, cache.resolve("user").toString());
        }
        environment.put("CI", "true"); // ask nothing
        List<String> arguments = new ArrayList<>(List.of(bin.resolve("node").toString()));
        arguments.addAll(script);
        if (offline) {
            arguments.add("--offline");
        }
        new Command(folder, environment, arguments, folder.resolveSibling("npm.log")).mustRun(purpose);
    }
}
