package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Offline;
import dev.ashlar.images.recipe.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds recipes that try to fetch, with the locked compilers of the checkout. */
class OfflineBuildIT {
    private static final Checkout CHECKOUT = Checkout.find();

    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void lock() throws IOException {
        assumeThat(Offline.isPossible())
                .as("the kernel permits network namespaces")
                .isTrue();
        Files.createDirectories(root.resolve("images"));
        Files.copy(CHECKOUT.root().resolve(Lock.FILE), root.resolve(Lock.FILE));
    }

    @Test
    void aScriptThatFetchesFailsAndIsTold() throws IOException {
        write(
                "fetching-script",
                Map.of(
                        "image.yaml", "description: Fetches.\nlayers: [{c: {script: build.sh}}]\n",
                        "build.sh", "bash -c 'exec 3<>/dev/tcp/192.0.2.1/80'\n"));
        assertThatThrownBy(() -> build("fetching-script"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith(
                        "image fetching-script: sh -eu failed (exit 1) because it asked for the network,"
                                + " which no build has: name what it wants as a source in image.yaml");
    }

    @Test
    void aGoModuleThatGoSumDoesNotLockIsNotFetched() throws IOException {
        write(
                "fetching-go",
                Map.of(
                        "image.yaml", "description: Fetches.\nlayers: [{go: {packages: {.: /fetching}}}]\n",
                        "go.mod", "module fetching\n\ngo 1.26.0\n\nrequire rsc.io/quote v1.5.2\n",
                        "main.go", "package main\n\nimport _ \"rsc.io/quote\"\n\nfunc main() {}\n"));
        assertThatThrownBy(() -> build("fetching-go"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("image fetching-go, Go modules: ")
                .hasMessageContaining("missing go.sum entry");
    }

    private void write(String name, Map<String, String> files) throws IOException {
        Path folder = Files.createDirectories(root.resolve("images").resolve(name));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private void build(String name) {
        Images.open(new Checkout(root, CHECKOUT.cache())).image(name);
    }
}
