package dev.ashlar.images.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageDocumentsTest {
    private static final String HASH = "0".repeat(64);

    @TempDir
    private Path folder = Path.of("");

    private List<String> debian(String copyright) throws IOException {
        return DebianCopyright.licences(Files.writeString(folder.resolve("copyright"), copyright));
    }

    @Test
    void readsTheLicencesOfAMachineReadableCopyrightFile() throws IOException {
        String form = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n";
        assertThat(debian(form + "Files: *\nLicense: LGPL-2.1+\n\nFiles: x\nLicense: Expat\n\nLicense: Expat\n text\n"))
                .containsExactly("LGPL-2.1-or-later", "MIT");
        assertThat(debian(form + "Files: *\nLicense: GPL-3+ with Bison exception\n"))
                .containsExactly("GPL-3+ with Bison exception");
    }

    @Test
    void claimsNoLicenceOfACopyrightFileForPeople() throws IOException {
        assertThat(debian("This is the Debian package of x.\nLicense: GPL-2\n")).isEmpty();
        assertThat(DebianCopyright.licences(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void takesTheExpressionOfAWheelBeforeItsClassifiers() {
        String classifier = "Classifier: License :: OSI Approved :: GNU General Public License v2 (GPLv2)\n";
        assertThat(WheelMetadata.licences("Name: x\n" + classifier)).containsExactly("GPL-2.0-only");
        assertThat(WheelMetadata.licences("Name: x\n" + classifier + "License-Expression: MIT\n"))
                .containsExactly("MIT");
        assertThat(WheelMetadata.licences("Name: x\n\n" + classifier)).isEmpty();
    }

    @Test
    void mapsOnlyNamesThatMeanOneLicence() {
        assertThat(Spdx.idOf("https://www.apache.org/licenses/LICENSE-2.0.txt")).isEqualTo("Apache-2.0");
        assertThat(Spdx.idOf("http://www.eclipse.org/legal/epl-2.0")).isEqualTo("EPL-2.0");
        assertThat(Spdx.idOf("BSD")).isEqualTo("BSD");
        assertThat(Spdx.isId("BSD")).isFalse();
        assertThat(Spdx.isId("Zlib")).isTrue();
    }

    @Test
    void tellsTheReleaseOnlyWhenAllUpdatesAgree() {
        LockedSource twelve = new LockedSource.Deb("a", "1.2-3+deb12u1", "amd64", HASH);
        LockedSource plain = new LockedSource.Deb("b", "1.2-3", "amd64", HASH);
        LockedSource thirteen = new LockedSource.Deb("c", "2-1~deb13u2", "amd64", HASH);
        assertThat(DebianRelease.of(List.of(twelve, plain))).isEqualTo("debian-12");
        assertThat(DebianRelease.of(List.of(plain))).isEmpty();
        assertThat(DebianRelease.of(List.of(twelve, thirteen))).isEmpty();
    }
}
