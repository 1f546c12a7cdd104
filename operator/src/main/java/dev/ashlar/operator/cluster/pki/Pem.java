package dev.ashlar.operator.cluster.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** The text form of certificates and keys, and the files that hold it. */
public final class Pem {
    private Pem() {}

    /** A certificate or a private key as text. */
    public static String write(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            // Keys as "EC PRIVATE KEY": Go and Fabric8 read it, and Fabric8 takes any other form for RSA.
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Writes a certificate or a private key into a new file that only its owner may read. */
    public static void save(Path file, Object object) {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createFile(file, ownerOnly);
            Files.writeString(file, write(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
