package dev.ashlar.images.layer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Go's environment: where modules come from is the user's choice, everything that shows in a program is ours. */
record GoEnvironment(Bench bench, Path toolchain) {
    private static final List<String> CACHES = List.of("GOMODCACHE", "GOCACHE");
    private static final List<String> OF_THE_USER =
            List.of("GOPROXY", "GOSUMDB", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOAUTH");
    private static final List<String> NETWORK = List.of(
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    Path program() {
        return toolchain.resolve("bin/go");
    }

    /** For a build: modules are only what the fetch step left in the cache. */
    Map<String, String> ofBuild(Path work) throws IOException {
        Map<String, String> environment = HostRun.environment(work, toolchain.resolve("bin") + ":");
        environment.putAll(ofTheUser(work, CACHES));
        environment.putAll(Map.of("GOAMD64", "v1", "GOARM64", "v8.0")); // the oldest, which every machine runs
        environment.putAll(Map.of(
                "GOENV", "off",
                "GOWORK", "off",
                "GOROOT", toolchain.toString(),
                "GOTOOLCHAIN", "local",
                "GOPROXY", "off",
                "GOFLAGS", "-mod=readonly",
                "GOOS", "linux",
                "GOARCH", bench.platform().architecture(),
                "CGO_ENABLED", "0"));
        Files.createDirectories(work.resolve("home"));
        Files.createDirectories(work.resolve("tmp"));
        return environment;
    }

    /** For the fetch step: as a build's, and the user's way to modules, or the folder that is taken instead. */
    Map<String, String> ofFetch(Path work) throws IOException {
        Map<String, String> environment = ofBuild(work);
        Optional<SourceFolder> folder = bench.sources().folder();
        if (folder.isPresent()) {
            environment.put("GOPROXY", folder.get().goProxy());
            environment.put("GOSUMDB", "off"); // go.sum has every hash, or the build fails
            return environment;
        }
        environment.putAll(ofTheUser(work, OF_THE_USER));
        NETWORK.forEach(name -> {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    /** As the fetch step's, with an empty module cache that takes from the user's what is there. */
    Map<String, String> ofGathering(Path work, Path modules) throws IOException {
        Map<String, String> environment = ofFetch(work);
        Path downloads = Path.of(environment.getOrDefault("GOMODCACHE", "")).resolve("cache/download");
        environment.merge("GOPROXY", SourceFolder.proxy(downloads), (proxies, first) -> first + "," + proxies);
        environment.put("GOMODCACHE", modules.toString());
        return environment;
    }

    private Map<String, String> ofTheUser(Path work, List<String> names) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(program().toString(), "env", "-json"));
        arguments.addAll(names);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(Map.of("GOTOOLCHAIN", "local", "GOROOT", toolchain.toString()));
        String json = new Command(work, environment, arguments, work.resolve("env.log"))
                .mustRun("image " + bench.image())
                .output();
        return JsonMapper.builder().build().readValue(json, new TypeReference<TreeMap<String, String>>() {});
    }
}
