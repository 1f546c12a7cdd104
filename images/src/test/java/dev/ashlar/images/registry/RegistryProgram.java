package dev.ashlar.images.registry;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The registry of the source tree as a process on the loopback, with its storage in a folder, for tests and benchmarks. */
public final class RegistryProgram implements AutoCloseable {
    private static final String CONFIG = """
            version: 0.1
            log: {level: error, accesslog: {disabled: true}}
            storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
            http: {addr: "127.0.0.1:%d", debug: {addr: "127.0.0.1:%d"}}
            """;

    private final Process process;
    private final Path storage;
    private final int port;
    private final int upkeep;

    private RegistryProgram(Process process, Path storage, int port, int upkeep) {
        this.process = process;
        this.storage = storage;
        this.port = port;
        this.upkeep = upkeep;
    }

    /** Starts it; ready when this returns. */
    public static RegistryProgram start(Path folder) throws IOException, InterruptedException {
        BuiltImage image = Images.open(Checkout.find()).image("registry");
        Path program = extract(new Layout(image.layout()), folder.resolve("registry"));
        int port = freePort();
        int upkeep = freePort();
        Path storage = folder.resolve("storage");
        Path config = Files.writeString(folder.resolve("config.yml"), CONFIG.formatted(storage, port, upkeep));
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve", config.toString());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        RegistryProgram started = new RegistryProgram(builder.start(), storage, port, upkeep);
        started.await(folder.resolve("log"));
        return started;
    }

    /** A repository of it. */
    public RegistryTarget target(String repository) {
        try {
            return new RegistryTarget(base(), SSLContext.getDefault(), Optional.empty(), repository);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where it answers to inventory and sweep. */
    public URI upkeep() {
        return URI.create("http://127.0.0.1:" + upkeep);
    }

    /** The file whose time says when a manifest was last asked for. */
    public Path link(String repository, String digest) {
        return storage.resolve("docker/registry/v2/repositories")
                .resolve(repository)
                .resolve("_manifests/revisions/sha256")
                .resolve(digest.substring("sha256:".length()))
                .resolve("link");
    }

    private void await(Path log) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (!process.isAlive()) {
                throw new IOException("the registry ended: " + Files.readString(log));
            }
            if (listens(port) && listens(upkeep)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException("the registry did not start in 10 s: " + Files.readString(log));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path extract(Layout layout, Path program) throws IOException {
        for (Descriptor layer : layout.manifest().layers()) {
            try (var in =
                    new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(layout.blob(layer))))) {
                for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.getName().equals("registry")) {
                        Files.copy(in, program);
                        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
                    }
                }
            }
        }
        throw new IOException("the image registry holds no /registry");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
