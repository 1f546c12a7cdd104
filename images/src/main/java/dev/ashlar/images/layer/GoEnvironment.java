package dev.ashlar.images.layer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Go's environment: where modules come from is the user's choice, everything that shows in a program is ours. */
record GoEnvironment(Bench bench, String toolchain) {
    private static final List<String> OF_THE_USER = List.of(
            "GOPROXY",
            "GOSUMDB",
            "GOPRIVATE",
            "GONOPROXY",
            "GONOSUMDB",
            "GOINSECURE",
            "GOAUTH",
            "GOMODCACHE",
            "GOCACHE");
    private static final List<String> NETWORK = List.of(
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    Map<String, String> environment(Path work) throws IOException {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/go/bin:"; // for go itself
        Map<String, String> environment = HostRun.environment(work, path);
        environment.putAll(ofTheUser(work));
        NETWORK.forEach(name -> {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        });
        bench.compilerCache().go().ifPresent(folder -> environment.put("GOCACHE", folder.toString()));
        environment.putAll(Map.of(
                "GOENV", "off",
                "GOWORK", "off",
                "GOTOOLCHAIN", toolchain,
                "GOOS", "linux",
                "GOARCH", "amd64",
                "GOAMD64", "v1",
                "CGO_ENABLED", "0"));
        Files.createDirectories(work.resolve("home"));
        Files.createDirectories(work.resolve("tmp"));
        return environment;
    }

    private Map<String, String> ofTheUser(Path work) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("go", "env", "-json"));
        arguments.addAll(OF_THE_USER);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("GOTOOLCHAIN", "local");
        environment.merge("PATH", "/usr/local/go/bin", (path, go) -> path + ":" + go);
        String json = new Command(work, environment, arguments, work.resolve("env.log"))
                .mustRun("image " + bench.image())
                .output();
        return JsonMapper.builder().build().readValue(json, new TypeReference<TreeMap<String, String>>() {});
    }
}
