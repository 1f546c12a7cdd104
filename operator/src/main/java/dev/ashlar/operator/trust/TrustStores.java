package dev.ashlar.operator.trust;

import dev.ashlar.operator.cluster.machine.HostCommand;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs of a Debian-like machine look for whom they trust: the system's folder of certificates, and the database of NSS that browsers
 * of a user share.
 *
 * @param system the folder for certificates that a machine's admin adds
 * @param update the program that tells the machine of a change there
 * @param nss the folder of a user's database
 * @param asUser what has a program run as that user, when this process is root for him
 */
record TrustStores(Path system, String update, Path nss, List<String> asUser) {
    private static final String FILE = "ashlar.crt";
    private static final String NAME = "Ashlar";
    /** The place of the home folder in a line of passwd. */
    private static final int HOME = 5;

    static TrustStores ofHost() {
        Optional<String> user = Optional.ofNullable(System.getenv("SUDO_USER"));
        String home = user.map(name -> HostCommand.run("getent", "passwd", name).split(":")[HOME])
                .orElse(System.getProperty("user.home"));
        return new TrustStores(
                Path.of("/usr/local/share/ca-certificates"),
                "update-ca-certificates",
                Path.of(home, ".pki/nssdb"),
                user.map(name -> List.of("runuser", "-u", name, "--")).orElse(List.of()));
    }

    /** Returns the file with the certificate when the user's database could not be told of it. */
    Optional<Path> add(String pem) throws IOException {
        Path file = system.resolve(FILE);
        try {
            Files.createDirectories(system);
            Files.writeString(file, pem);
        } catch (AccessDeniedException e) {
            throw new Failure(
                    "only root may write %s: run `make trust`, which asks sudo, or `ashlar trust --print` and import that"
                            .formatted(file),
                    e);
        }
        HostCommand.run(update);
        if (!hasCertutil()) {
            return Optional.of(file);
        }
        if (!Files.exists(nss)) {
            HostCommand.run(user("mkdir", "-p", nss.toString()));
            HostCommand.run(user("certutil", "-N", "-d", database(), "--empty-password"));
        }
        HostCommand.run(user("certutil", "-A", "-d", database(), "-t", "C,,", "-n", NAME, "-i", file.toString()));
        return Optional.empty();
    }

    void remove() throws IOException {
        if (Files.deleteIfExists(system.resolve(FILE))) {
            HostCommand.run(update, "--fresh");
        }
        if (hasCertutil() && Files.exists(nss)) {
            HostCommand.attempt(user("certutil", "-D", "-d", database(), "-n", NAME)); // which may be gone
        }
    }

    private List<String> user(String... command) {
        return Stream.concat(asUser.stream(), Stream.of(command)).toList();
    }

    private String database() {
        return "sql:" + nss;
    }

    private static boolean hasCertutil() {
        return HostCommand.attempt(List.of("sh", "-c", "command -v certutil")).succeeded();
    }
}
