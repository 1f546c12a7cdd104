package dev.ashlar.images.mirror;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.bench.ImageFile;
import dev.ashlar.images.registry.RegistryTarget;
import dev.ashlar.images.registry.RegistryTarget.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The tree's own registry program on the loopback: plain and open to all, or with TLS and a login. */
public final class LoopbackRegistry implements AutoCloseable {
    private static final String LOGIN = "admin:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";
    private static final char[] PASSWORD = "secret".toCharArray();

    private final Process process;
    private final URI base;
    private final SSLContext trust;
    private final Optional<Login> login;

    private LoopbackRegistry(Process process, URI base, SSLContext trust, Optional<Login> login) {
        this.process = process;
        this.base = base;
        this.trust = trust;
        this.login = login;
    }

    static LoopbackRegistry plain(Path folder) throws Exception {
        int port = freePort();
        String http = "{addr: \"127.0.0.1:%d\", debug: {addr: \"127.0.0.1:%d\"}}".formatted(port, freePort());
        return start(
                folder, http, "", URI.create("http://127.0.0.1:" + port), SSLContext.getDefault(), Optional.empty());
    }

    static LoopbackRegistry withTlsAndLogin(Path folder) throws Exception {
        Files.createDirectories(folder);
        KeyStore keys = certificate(folder);
        Files.writeString(folder.resolve("htpasswd"), LOGIN);
        int port = freePort();
        String http = "{addr: \"127.0.0.1:%d\", debug: {addr: \"127.0.0.1:%d\"}, tls: {certificate: %s, key: %s}}"
                .formatted(port, freePort(), folder.resolve("cert.pem"), folder.resolve("key.pem"));
        String auth = "auth: {htpasswd: {realm: test, path: %s}}".formatted(folder.resolve("htpasswd"));
        Login login = new Login("admin", new String(PASSWORD));
        return start(folder, http, auth, URI.create("https://127.0.0.1:" + port), trust(keys), Optional.of(login));
    }

    public RegistryTarget target(String repository) {
        return new RegistryTarget(base, trust, login, repository);
    }

    RegistryTarget withoutLogin(String repository) {
        return new RegistryTarget(base, trust, Optional.empty(), repository);
    }

    private static LoopbackRegistry start(
            Path folder, String http, String auth, URI base, SSLContext trust, Optional<Login> login)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path program = ImageFile.extract(
                Images.open(Checkout.find()).image("registry"), "registry", folder.resolve("registry"));
        String config = "version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: %s\n%s\n"
                .formatted(folder.resolve("storage"), http, auth);
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                "serve",
                Files.writeString(folder.resolve("config.yml"), config).toString());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        LoopbackRegistry started = new LoopbackRegistry(builder.start(), base, trust, login);
        started.await(folder.resolve("log"));
        return started;
    }

    private void await(Path log) throws IOException, InterruptedException {
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        process.destroy();
        throw new IOException("the registry did not start: " + Files.readString(log));
    }

    private static KeyStore certificate(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "r",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        keytool.waitFor();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        pem(folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("r").getEncoded());
        pem(folder.resolve("key.pem"), "PRIVATE KEY", keys.getKey("r", PASSWORD).getEncoded());
        return keys;
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, body, kind));
    }

    private static SSLContext trust(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        anchors.setCertificateEntry("r", keys.getCertificate("r"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
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
