package dev.ashlar.images.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferenceTest {
    @TempDir
    private Path folder;

    private Path one;
    private Path two;

    @BeforeEach
    void makeTwoFoldersWithTheSameFile() throws IOException {
        one = Files.createDirectories(folder.resolve("one"));
        two = Files.createDirectories(folder.resolve("two"));
        Files.writeString(one.resolve("a"), "same");
        Files.writeString(two.resolve("a"), "same");
    }

    @Test
    void saysNothingOfFoldersThatAreTheSame() throws IOException {
        assertThat(Difference.ofFolders(one, two)).isEmpty();
    }

    @Test
    void namesTheFirstFileThatDiffersAndTheBytesFromWhereItDoes() throws IOException {
        Files.writeString(one.resolve("b"), "time 1");
        Files.writeString(two.resolve("b"), "time 23");

        assertThat(Difference.ofFolders(one, two).orElseThrow())
                .startsWith("/b is ")
                .endsWith("; from byte 5 on: 31, then 3233");
    }

    @Test
    void saysThatOneFileEndsWhereTheOtherGoesOn() throws IOException {
        Files.writeString(one.resolve("b"), "abc");
        Files.writeString(two.resolve("b"), "abcd");

        assertThat(Difference.ofFolders(one, two).orElseThrow()).endsWith("; from byte 3 on: the end, then 64");
    }
}
