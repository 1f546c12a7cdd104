package dev.ashlar.images.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.proof.Verdict.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {
    @TempDir
    private Path folder = Path.of("");

    private static Set<Rule> failed(Verdicts verdicts) {
        return verdicts.verdicts().stream()
                .filter(verdict -> verdict.result() == Result.FAILED)
                .map(Verdict::rule)
                .collect(Collectors.toSet());
    }

    private TestImage image() {
        return new TestImage(folder.resolve("image"));
    }

    private static TarBytes server() {
        return new TarBytes()
                .folder("etc")
                .file("etc/server.conf", "port 8080\n")
                .program("server", Elf.plain("x"));
    }

    @Test
    void provesAnImageOfTheTree() {
        Verdicts verdicts = image().layer(server()).judgeAsBuilt(Map.of());
        assertThat(failed(verdicts)).isEmpty();
        assertThat(verdicts.isProven()).isTrue();
        assertThat(verdicts.origin()).isEqualTo("built by this tree as web");
    }

    @Test
    void provesAGzippedLayerAsThePlainOne() {
        assertThat(image().gzip(server()).judgeAsBuilt(Map.of()).isProven()).isTrue();
    }

    @Test
    void provesDataOnTopOfAKnownBase() {
        TestImage base = image().layer(server());
        KnownImages known = new KnownImages(List.of(base.known(base.write(), Map.of())));
        TestImage site = new TestImage(folder.resolve("site"))
                .layer(server())
                .layer(new TarBytes().folder("content").file("content/index.html", "<h1>hello</h1>"));
        site.write();
        Verdicts verdicts = site.judge(known);
        assertThat(failed(verdicts)).isEmpty();
        assertThat(verdicts.origin()).isEqualTo("on top of web, which this tree built");
    }

    @Test
    void refusesWhatNoTreeBuilt() {
        TestImage foreign = image().layer(server());
        foreign.write();
        assertThat(failed(foreign.judge(KnownImages.NONE))).containsExactly(Rule.FROM_SCRATCH);
    }

    @Test
    void refusesAProgramOnTopOfAKnownBase() {
        Verdicts verdicts = onTop(new TarBytes().program("content/tool", Elf.plain("y")));
        assertThat(failed(verdicts)).containsExactly(Rule.FROM_SCRATCH);
        assertThat(verdicts.of(Rule.FROM_SCRATCH).where()).isEqualTo("/content/tool");
    }

    @Test
    void refusesALayerThatReplacesAFileOfItsBase() {
        Verdicts verdicts = onTop(new TarBytes().file("etc/server.conf", "port 1\n"));
        assertThat(failed(verdicts)).containsExactly(Rule.FROM_SCRATCH);
        assertThat(verdicts.of(Rule.FROM_SCRATCH).where()).isEqualTo("/etc/server.conf");
    }

    @Test
    void refusesAnotherCommandOnTopOfAKnownBase() {
        TestImage base = image().layer(server());
        KnownImages known = new KnownImages(List.of(base.known(base.write(), Map.of("dynamic", "x"))));
        TestImage site = new TestImage(folder.resolve("site"))
                .layer(server())
                .settings(config -> config.withObject("/config")
                        .putArray("Entrypoint")
                        .add("/server")
                        .add("--evil"));
        site.write();
        assertThat(failed(site.judge(known))).containsExactly(Rule.FROM_SCRATCH);
    }

    private Verdicts onTop(TarBytes layer) {
        TestImage base = image().layer(server());
        KnownImages known = new KnownImages(List.of(base.known(base.write(), Map.of())));
        TestImage site = new TestImage(folder.resolve("site")).layer(server()).layer(layer);
        site.write();
        return site.judge(known);
    }

    @Test
    void refusesADynamicProgram() {
        assertThat(failed(image().layer(new TarBytes().program("a", Elf.dynamic()))
                        .judgeAsBuilt(Map.of())))
                .containsExactly(Rule.STATIC);
    }

    @Test
    void refusesALibraryWhateverItsMode() {
        assertThat(failed(image().layer(new TarBytes().file("lib/a", Elf.dynamic()))
                        .judgeAsBuilt(Map.of())))
                .containsExactly(Rule.STATIC);
    }

    @Test
    void refusesTheShellOfThisMachineUnderAnotherName() throws Exception {
        byte[] shell = Files.readAllBytes(Path.of("/bin/sh"));
        Verdicts verdicts = image().layer(new TarBytes().file("content/logo.png", shell, 0644))
                .judgeAsBuilt(Map.of("dynamic", "it is"));
        assertThat(failed(verdicts)).containsExactly(Rule.NO_SHELL);
        assertThat(verdicts.of(Rule.NO_SHELL).where()).isEqualTo("/content/logo.png");
        assertThat(verdicts.of(Rule.STATIC).result()).isIn(Result.WAIVED, Result.PASSED);
    }

    @ParameterizedTest
    @CsvSource({
        "run,#!/bin/sh,NO_SHELL",
        "run,#!/usr/bin/env python3,NO_INTERPRETER",
        "bash,x,NO_SHELL",
        "perl,x,NO_INTERPRETER"
    })
    void refusesScriptsAndWhatIsNamedLikeAShell(String name, String content, Rule rule) {
        assertThat(failed(image().layer(new TarBytes().program(name, content)).judgeAsBuilt(Map.of())))
                .containsExactly(rule);
    }

    @Test
    void takesAScriptThatNobodyMayExecute() {
        assertThat(image().layer(new TarBytes().file("doc/example", "#!/bin/sh\n"))
                        .judgeAsBuilt(Map.of())
                        .isProven())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"04755", "02755", "06000"})
    void refusesSetuid(String mode) {
        Verdicts verdicts = image().layer(new TarBytes().file("a", new byte[] {1}, Integer.parseInt(mode, 8)))
                .judgeAsBuilt(Map.of("dynamic", "x", "shell", "x", "interpreter", "x"));
        assertThat(failed(verdicts)).containsExactly(Rule.NO_SETUID);
    }

    @Test
    void refusesFileCapabilities() {
        TarBytes layer = new TarBytes()
                .entry(
                        "a",
                        (byte) '0',
                        new byte[] {1},
                        "sha256:" + Sha256.of(new byte[] {1}),
                        entry -> entry.addPaxHeader("SCHILY.xattr.security.capability", "x"));
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.NO_SETUID);
    }

    @Test
    void refusesWhatEveryoneMayWrite() {
        assertThat(failed(image().layer(new TarBytes().file("a", new byte[] {1}, 0666))
                        .judgeAsBuilt(Map.of())))
                .containsExactly(Rule.NO_WORLD_WRITABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "4", "6"})
    void refusesDevicesAndPipes(char type) {
        TarBytes layer = new TarBytes().entry("dev/x", (byte) type, new byte[0], "", entry -> {});
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.NO_DEVICES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "root", "0", "0:0", "00", "65532:0", "nobody", "4294967296", "-1", "65532:65532:1", "1 "})
    void refusesRootAndUsersByName(String user) {
        assertThat(failed(image().layer(server()).user(user).judgeAsBuilt(Map.of())))
                .containsExactly(Rule.NON_ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etc/.wh.server.conf",
                "etc/.wh..wh..opq",
                "../evil",
                "a/../../evil",
                "/etc/evil",
                "a//b",
                "./../x",
                "a/./b"
            })
    void refusesWhiteoutsAndNamesThatLeadOut(String name) {
        TarBytes layer = new TarBytes().file(name, "x");
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @Test
    void refusesOverlayfsMarks() {
        TarBytes layer = new TarBytes()
                .entry(
                        "a",
                        (byte) '5',
                        new byte[0],
                        "",
                        entry -> entry.addPaxHeader("SCHILY.xattr.trusted.overlay.opaque", "y"));
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "../../../etc/passwd",
                "/proc/self/root",
                "/dev/mem",
                "b/../../../x",
                "/../../x",
                "/sys"
            })
    void refusesLinksThatLeadOut(String target) {
        TarBytes layer = new TarBytes().symlink("a/link", target);
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/x", "/lib/x", "b", "/dev/stdout", "./b/../c", "."})
    void takesLinksThatStayInside(String target) {
        assertThat(image().layer(new TarBytes().symlink("a/link", target))
                        .judgeAsBuilt(Map.of())
                        .isProven())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../etc/shadow", "missing", "link", "a"})
    void refusesHardLinksToWhatIsNoFileOfTheirLayer(String target) {
        TarBytes layer = new TarBytes().file("b", "x").symlink("link", "b").hardlink("a", target);
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @Test
    void takesAHardLinkToAFileBeforeIt() {
        TarBytes layer = new TarBytes().file("b", "x").hardlink("a", "b");
        assertThat(image().layer(layer).judgeAsBuilt(Map.of()).isProven()).isTrue();
    }

    @Test
    void refusesAHardLinkToAFileOfALayerBelow() {
        TestImage image = image().layer(new TarBytes().file("b", "x")).layer(new TarBytes().hardlink("a", "b"));
        assertThat(failed(image.judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @Test
    void refusesAFileBelowALinkOfItsLayer() {
        TarBytes layer = new TarBytes().symlink("etc", "/run").file("etc/x", "x");
        Verdicts verdicts = image().layer(layer).judgeAsBuilt(Map.of());
        assertThat(failed(verdicts)).containsExactly(Rule.SAFE_PATHS);
        assertThat(verdicts.of(Rule.SAFE_PATHS).why()).contains("lies below /etc");
    }

    @Test
    void refusesAFileBelowALinkOfAnotherLayer() {
        TestImage image = image().layer(new TarBytes().symlink("etc", "/run")).layer(new TarBytes().file("etc/x", "x"));
        assertThat(failed(image.judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @Test
    void refusesALinkInThePlaceOfAFolder() {
        TarBytes layer = new TarBytes().file("etc/x", "x").symlink("etc", "run");
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @Test
    void refusesAPathThatIsTwiceInALayer() {
        TarBytes layer = new TarBytes().file("a", "x").file("./a", "x");
        assertThat(failed(image().layer(layer).judgeAsBuilt(Map.of()))).containsExactly(Rule.SAFE_PATHS);
    }

    @Test
    void takesAnUpperFileForTheOneThatCounts() {
        TestImage image = image().layer(new TarBytes().file("a", "old")).layer(new TarBytes().file("a", "new"));
        assertThat(failed(image.judgeAsBuilt(Map.of()))).isEmpty();
    }

    @Test
    void refusesWhatTheSbomDoesNotAccountFor() {
        assertThat(failed(image().layer(server()).withoutSbom().judgeAsBuilt(Map.of())))
                .containsExactly(Rule.ACCOUNTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "link:/x", "sha256:0000000000000000000000000000000000000000000000000000000000000000"})
    void refusesAFileThatIsNotAsItsSbomSays(String account) {
        TestImage image = image().layer(server()).accounting("/etc/server.conf", account);
        Verdicts verdicts = image.judgeAsBuilt(Map.of());
        assertThat(failed(verdicts)).containsExactly(Rule.ACCOUNTED);
        assertThat(verdicts.of(Rule.ACCOUNTED).where()).isEqualTo("/etc/server.conf");
    }

    @Test
    void refusesALinkThatLeadsElsewhereThanItsSbomSays() {
        TestImage image = image().layer(new TarBytes().symlink("a", "b")).accounting("/a", "link:c");
        assertThat(failed(image.judgeAsBuilt(Map.of()))).containsExactly(Rule.ACCOUNTED);
    }

    @Test
    void waivesByTheListAlone() {
        TestImage image = image().layer(new TarBytes().program("a", Elf.dynamic()));
        Verdicts verdicts = image.judgeAsBuilt(Map.of("dynamic", "no static one is to be had"));
        assertThat(verdicts.isProven()).isTrue();
        assertThat(verdicts.of(Rule.STATIC))
                .isEqualTo(new Verdict(Rule.STATIC, Result.WAIVED, 1, "/a", "no static one is to be had"));
    }

    @Test
    void lendsTheWaiverOfABaseToWhatIsOnTopOfItOnly() {
        TarBytes runtime = new TarBytes().program("server", Elf.dynamic());
        TestImage base = image().layer(runtime);
        KnownImages known = new KnownImages(List.of(base.known(base.write(), Map.of("dynamic", "x"))));
        TestImage site = new TestImage(folder.resolve("site")).layer(runtime).layer(new TarBytes().file("a", "x"));
        site.write();
        assertThat(site.judge(known).isProven()).isTrue();
        TestImage other = new TestImage(folder.resolve("other"))
                .layer(new TarBytes().file("a", "x"))
                .layer(runtime);
        other.write();
        assertThat(failed(other.judge(known))).containsExactlyInAnyOrder(Rule.FROM_SCRATCH, Rule.STATIC);
    }

    @Test
    void showsNoControlCharactersOfTheImage() {
        Verdicts verdicts = image().layer(new TarBytes().file("a\u001b[2J\u202e", new byte[] {1}, 0666))
                .judgeAsBuilt(Map.of());
        assertThat(verdicts.of(Rule.NO_WORLD_WRITABLE).where()).isEqualTo("/a\\u{1b}[2J\\u{202e}");
    }

    @Test
    void countsAllAndNamesTheFirst() {
        Verdicts verdicts = image().layer(
                        new TarBytes().file("a", new byte[] {1}, 0666).file("b", new byte[] {1}, 0666))
                .judgeAsBuilt(Map.of());
        assertThat(verdicts.of(Rule.NO_WORLD_WRITABLE))
                .isEqualTo(new Verdict(Rule.NO_WORLD_WRITABLE, Result.FAILED, 2, "/a", "may be written by everyone"));
    }
}
