package dev.ashlar.operator.cluster.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that issues certificates for ten years, the life of a cluster that is made anew in seconds. */
public final class Authority {
    private static final Duration LIFE = Duration.ofDays(3650);
    // The JDK's own provider leaves the curve's name out of an encoded key, without which Go cannot read it.
    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Credential self;
    private final Clock clock;

    private Authority(Credential self, Clock clock) {
        this.self = self;
        this.clock = clock;
    }

    public static Authority create(String name, Clock clock) {
        KeyPair keys = newKeys();
        X500Name subject = subject(Identity.client(name));
        X509v3CertificateBuilder builder = builder(subject, subject, keys, clock);
        extend(builder, Extension.basicConstraints, new BasicConstraints(0));
        extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return new Authority(new Credential(sign(builder, keys), keys), clock);
    }

    /** Its own certificate and key, to be kept and to be trusted. */
    public Credential credential() {
        return self;
    }

    /** A certificate for a client when there are no hosts, else for a server that may also act as a client. */
    public Credential issue(Identity identity) {
        KeyPair keys = newKeys();
        var issuer = X500Name.getInstance(
                self.certificate().getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(issuer, subject(identity), keys, clock);
        extend(builder, Extension.basicConstraints, new BasicConstraints(false));
        extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        if (identity.hosts().isEmpty()) {
            extend(builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        } else {
            extend(builder, Extension.extendedKeyUsage, serverUsage());
            extend(builder, Extension.subjectAlternativeName, hosts(identity));
        }
        return new Credential(sign(builder, self.keys()), keys);
    }

    /** Fresh keys that belong to no certificate, as for signing service-account tokens. */
    public static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC", PROVIDER);
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // etcd dials itself with its serving certificate, so a server's certificate is a client's too.
    private static ExtendedKeyUsage serverUsage() {
        return new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    }

    private static GeneralNames hosts(Identity identity) {
        return new GeneralNames(identity.hosts().stream()
                .map(host ->
                        new GeneralName(host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private static X500Name subject(Identity identity) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        identity.groups().forEach(group -> name.addRDN(BCStyle.O, group));
        return name.addRDN(BCStyle.CN, identity.name()).build();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys, Clock clock) {
        Instant now = clock.instant();
        // An hour back, for a pod or a machine whose clock is a little behind.
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(LIFE)),
                subject,
                keys.getPublic());
    }

    private static void extend(
            X509v3CertificateBuilder builder,
            org.bouncycastle.asn1.ASN1ObjectIdentifier kind,
            org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            builder.addExtension(kind, true, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair by) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider(PROVIDER)
                    .build(by.getPrivate());
            return new JcaX509CertificateConverter().setProvider(PROVIDER).getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
