package dev.ashlar.operator.cluster.pki;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;

/** A certificate with its private key. */
public record Credential(X509Certificate certificate, KeyPair keys) {
    public String certificatePem() {
        return Pem.write(certificate);
    }

    public String keyPem() {
        return Pem.write(keys.getPrivate());
    }

    /** Writes {@code NAME.crt} and {@code NAME.key} into the folder, for their owner only. */
    public void save(Path folder, String name) {
        Pem.save(folder.resolve(name + ".crt"), certificate);
        Pem.save(folder.resolve(name + ".key"), keys.getPrivate());
    }
}
