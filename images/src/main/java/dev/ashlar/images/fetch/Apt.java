package dev.ashlar.images.fetch;

import dev.ashlar.images.cache.EntryLock;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Command.Result;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Debian packages for one processor by this machine's apt and its sources, but with lists of packages of our own, so that nothing on
 * the machine changes and source packages are known too. The lists are fetched only when apt does not know a version.
 */
final class Apt {
    private final Path folder;
    private final Platform platform;
    private final Progress progress;
    private boolean updated;
    private Optional<Result> failedUpdate = Optional.empty();

    Apt(Path folder, Platform platform, Progress progress) {
        this.folder = folder;
        this.platform = platform;
        this.progress = progress;
    }

    void download(LockedSource.Deb deb, Path into) throws IOException {
        must(deb, into, List.of("apt-get", "download", deb.name() + "=" + deb.version()));
    }

    void downloadSource(LockedSource.DebSource source, Path into) throws IOException {
        must(source, into, sourceCommand("--download-only", source.name() + "=" + source.version()));
    }

    private static List<String> sourceCommand(String option, String what) {
        return List.of("apt-get", "source", option, "--only-source", what);
    }

    private void must(LockedSource source, Path into, List<String> arguments) throws IOException {
        Result result = run(into, arguments);
        if (!result.ok()) {
            String remedy = failedUpdate.isPresent() || result.isNetworkFailure()
                    ? "check the network and apt's sources"
                    : "if Debian's mirror no longer has this version, run: ashlar image lock";
            throw new BuildException("%s %s %s: %s failed (exit %d); %s; its last lines:\n%s"
                    .formatted(
                            source.kind(),
                            source.name(),
                            source.version(),
                            String.join(" ", arguments.subList(0, 2)),
                            result.exit(),
                            remedy,
                            lastLines(result)));
        }
    }

    /** What apt said; when the lists could not be fetched, that comes first, since it is the cause. */
    private String lastLines(Result result) {
        String update = failedUpdate.map(failed -> failed.tail() + "\n").orElse("");
        return (update + result.tail()).indent(4).stripTrailing();
    }

    /** The versions of a package that this machine's sources announce, the newest first; {@code type} as Packages, Sources. */
    List<String> versions(String name, String type) throws IOException {
        return mustSay(name, List.of("apt-cache", "madison", name))
                .lines()
                .map(line -> line.split("\\|")) // name | version | URI suite type
                .filter(fields -> fields.length == 3 && fields[2].endsWith(" " + type))
                .filter(fields -> fields[0].strip().equals(name))
                .map(fields -> fields[1].strip())
                .distinct()
                .toList();
    }

    LockedSource.Deb offer(String name, String version) throws IOException {
        Map<String, String> fields =
                stanza(mustSay(name, List.of("apt-cache", "show", name + "=" + version)), "Package", name);
        return new LockedSource.Deb(
                name, field(fields, "Version"), field(fields, "Architecture"), field(fields, "SHA256"));
    }

    LockedSource.DebSource offerSource(String name, String version) throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String line : mustSay(name, sourceCommand("--print-uris", name + "=" + version))
                .lines()
                .toList()) {
            String[] fields = line.split(" ");
            if (fields.length == 4 && fields[3].startsWith("SHA256:")) { // 'URI' file size SHA256:hash
                files.put(fields[1], fields[3].substring("SHA256:".length()));
            }
        }
        String dsc = files.keySet().stream()
                .filter(file -> file.endsWith(".dsc"))
                .findFirst()
                .orElseThrow(() -> new BuildException("apt names no .dsc file of source package " + name));
        String listed = mustSay(name, List.of("apt-cache", "showsrc", "--only-source", name));
        Map<String, String> fields = stanza(listed, "Checksums-Sha256", dsc);
        return new LockedSource.DebSource(name, field(fields, "Version"), files);
    }

    private String mustSay(String name, List<String> arguments) throws IOException {
        Files.createDirectories(folder);
        Result result = run(folder, arguments);
        if (!result.ok() || result.output().isBlank()) {
            throw new BuildException("%s: %s knows no such package; correct the name, or see apt's last lines:\n%s"
                    .formatted(
                            name,
                            String.join(" ", arguments.subList(0, 2)),
                            result.tail().indent(4)));
        }
        return result.output();
    }

    /** The fields of the first paragraph in which a field contains the text; a field may have several lines. */
    private static Map<String, String> stanza(String output, String field, String text) {
        for (String paragraph : output.split("\n\n")) {
            Map<String, String> fields = new HashMap<>();
            String last = "";
            for (String line : paragraph.lines().toList()) {
                int colon = line.indexOf(':');
                if (line.startsWith(" ")) {
                    fields.merge(last, line, (before, more) -> before + "\n" + more);
                } else if (colon > 0) {
                    last = line.substring(0, colon);
                    fields.put(last, line.substring(colon + 1).strip());
                }
            }
            if (fields.getOrDefault(field, "").contains(text)) {
                return fields;
            }
        }
        throw new BuildException("apt says nothing about %s %s".formatted(field, text));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new BuildException("apt's answer lacks the field " + name);
        }
        return value;
    }

    /** Runs apt; when that fails, fetches the lists (once) and tries again. */
    private Result run(Path cwd, List<String> arguments) throws IOException {
        try (EntryLock lock = EntryLock.acquire(folder.resolve("lock"), "apt", progress)) {
            if (!Files.isDirectory(folder.resolve("lists"))) {
                update();
            }
            Result result = once(cwd, arguments);
            if (!result.ok() && !updated) {
                update();
                result = once(cwd, arguments);
            }
            return result;
        }
    }

    private void update() throws IOException {
        progress.say("fetching Debian's lists of packages");
        AptSources.copyWithSources(folder);
        Files.createDirectories(folder.resolve("lists/partial"));
        Files.createDirectories(folder.resolve("cache/archives/partial"));
        updated = true;
        // Without that mode apt calls it a success when it could not fetch anything.
        Result update = once(folder, List.of("apt-get", "update", "-o", "APT::Update::Error-Mode=any"));
        failedUpdate = update.ok() ? Optional.empty() : Optional.of(update);
    }

    private Result once(Path cwd, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments.subList(0, 1));
        for (String option : List.of(
                "Dir::State::lists=" + folder.resolve("lists"),
                "Dir::Cache=" + folder.resolve("cache"),
                "Dir::Etc::sourcelist=" + folder.resolve("sources.list"),
                "Dir::Etc::sourceparts=" + folder.resolve("sources.list.d"),
                "APT::Architecture=" + platform.architecture(),
                "APT::Architectures::=" + platform.architecture(),
                "APT::Sandbox::User=root")) {
            all.add("-o");
            all.add(option);
        }
        all.add("-q");
        all.addAll(arguments.subList(1, arguments.size()));
        return new Command(cwd, environment(), all, folder.resolve("log")).run();
    }

    /** What a network client needs of the user's environment: all of it, with messages in English. */
    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("LC_ALL", "C.UTF-8");
        return environment;
    }
}
