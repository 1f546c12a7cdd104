package dev.ashlar.operator.cluster.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final Authority authority = Authority.create("test", Clock.systemUTC());

    @Test
    void issuesWhatOnlyItsOwnCertificateVerifies() {
        X509Certificate issued = authority.issue(Identity.client("somebody")).certificate();
        Authority other = Authority.create("test", Clock.systemUTC());
        assertThatCode(() -> issued.verify(authority.credential().keys().getPublic()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> issued.verify(other.credential().keys().getPublic()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void namesAClientAndItsGroupsAndLetsItBeNoServer() throws Exception {
        X509Certificate client = authority
                .issue(Identity.client("system:node:ashlar", "system:nodes"))
                .certificate();
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=system:node:ashlar,O=system:nodes");
        assertThat(client.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
        assertThat(client.getSubjectAlternativeNames()).isNull();
    }

    @Test
    void namesTheHostsOfAServer() throws Exception {
        X509Certificate server = authority
                .issue(Identity.server("api", "198.18.0.2", "localhost"))
                .certificate();
        assertThat(server.getSubjectAlternativeNames())
                .containsExactly(List.of(7, "198.18.0.2"), List.of(2, "localhost"));
        assertThat(server.getExtendedKeyUsage()).contains(SERVER_AUTH);
    }

    @Test
    void issuesNothingThatCouldIssueInTurn() {
        assertThat(authority.issue(Identity.client("x")).certificate().getBasicConstraints())
                .isEqualTo(-1);
        assertThat(authority.credential().certificate().getBasicConstraints()).isZero();
    }

    @Test
    void savesFilesForTheirOwnerOnly(@TempDir Path folder) throws Exception {
        authority.issue(Identity.client("x")).save(folder, "x");
        for (String file : List.of("x.crt", "x.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve("x.key")).content().startsWith("-----BEGIN EC PRIVATE KEY-----");
    }
}
