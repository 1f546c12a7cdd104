package dev.ashlar.images.registry;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.bench.ImageFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The registry of the source tree as a process on the loopback, with its storage in a folder, for tests and benchmarks. */
public final class RegistryProgram implements AutoCloseable {
    private static final String STORAGE = "storage";
    private static final String LOG = "log";
    private static final String CONFIG = """
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
            http: {addr: "127.0.0.1:%d", debug: {addr: "127.0.0.1:%d"}}
            """;

    private final Process process;
    private final Path storage;
    private final Path log;
    private final int port;
    private final int upkeep;

    private RegistryProgram(Process process, Path folder, int port, int upkeep) {
        this.process = process;
        this.storage = folder.resolve(STORAGE);
        this.log = folder.resolve(LOG);
        this.port = port;
        this.upkeep = upkeep;
    }

    /** Starts it; ready when this returns. */
    public static RegistryProgram start(Path folder) throws IOException, InterruptedException {
        BuiltImage image = Images.open(Checkout.find()).image("registry");
        Path program = ImageFile.extract(image, "registry", folder.resolve("registry"));
        int port = freePort();
        int upkeep = freePort();
        Path storage = folder.resolve(STORAGE);
        Path config = Files.writeString(folder.resolve("config.yml"), CONFIG.formatted(storage, port, upkeep));
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve", config.toString());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        builder.redirectErrorStream(true).redirectOutput(folder.resolve(LOG).toFile());
        RegistryProgram started = new RegistryProgram(builder.start(), folder, port, upkeep);
        started.await();
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

    /** The lines of its access log: one for each request. */
    public List<String> requests() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("HTTP/1.1\""))
                .toList();
    }

    /** The file whose time says when a manifest was last asked for. */
    public Path link(String repository, String digest) {
        return storage.resolve("docker/registry/v2/repositories")
                .resolve(repository)
                .resolve("_manifests/revisions/sha256")
                .resolve(digest.substring("sha256:".length()))
                .resolve("link");
    }

    private void await() throws IOException, InterruptedException {
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
