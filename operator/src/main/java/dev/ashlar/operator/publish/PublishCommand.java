package dev.ashlar.operator.publish;

import dev.ashlar.images.Checkout;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a website of a folder. */
@Command(
        name = "publish",
        description =
                "Makes an image of a folder, and one for its PHP, pushes them, writes SITE.yaml with their digests and applies it.")
public final class PublishCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder with the pages.")
    private Path folder = Path.of("");

    @Option(
            names = "--site",
            required = true,
            paramLabel = "NAME",
            description = "The Site's name, 30 characters at most.")
    private String site = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Its namespace; else the one in NAME.yaml, else the kubeconfig's.")
    private @Nullable String namespace;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Its domain (NAME.NAMESPACE.localhost).")
    private @Nullable String domain;

    @Option(names = "--print", description = "Only writes the YAML to the standard output; changes nothing.")
    private boolean print;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait for the Site (${DEFAULT-VALUE}).")
    private int timeout = 120;

    @Override
    public Integer call() throws IOException {
        if (Files.isSymbolicLink(folder) && Files.isDirectory(folder)) {
            folder = folder.toRealPath(); // a link to a folder means what it leads to
        }
        SiteName name = new SiteName(site);
        Path file = Path.of(name.value() + ".yaml");
        Checkout checkout = Checkout.find();
        if (print) {
            ContentImages images = ContentImages.build(checkout, folder, site, Progress.onStderr());
            System.out.print(desired(file, namespace(file), images).text());
            return 0;
        }
        try (KubernetesClient client = Connection.open()) {
            Progress progress = Progress.onStderr();
            String in = namespace(file)
                    .or(() -> Optional.ofNullable(client.getNamespace()))
                    .orElse("default");
            ContentImages images = ContentImages.build(checkout, folder, site, progress);
            SiteFile desired = desired(file, Optional.of(in), images);
            new Publication(client, progress, Duration.ofSeconds(timeout))
                    .publish(file, desired, in, images, EntryPage.of(folder));
        }
        return 0;
    }

    /** The namespace that the user gave, else the one in the file; the two must not contradict. */
    private Optional<String> namespace(Path file) {
        Optional<String> given = Optional.ofNullable(namespace);
        Optional<String> written = read(file).flatMap(SiteFile::namespace);
        if (given.isPresent() && written.isPresent() && !given.equals(written)) {
            throw new Failure("%s is for the namespace %s, not %s; leave -n out, or work in another folder"
                    .formatted(file, written.get(), given.get()));
        }
        return given.or(() -> written);
    }

    private SiteFile desired(Path file, Optional<String> in, ContentImages images) {
        String reference = images.contentReference();
        String usual = "%s.%s.localhost".formatted(site, in.orElse("default"));
        SiteFile desired = read(file)
                .map(existing -> existing.withImage(reference))
                .map(existing -> domain == null ? existing : existing.withDomain(domain))
                .orElseGet(
                        () -> SiteFile.fresh(site, in.orElse("default"), domain == null ? usual : domain, reference));
        return images.writePhp(desired);
    }

    private Optional<SiteFile> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(new SiteFile(site, Files.readString(file))) : Optional.empty();
        } catch (IOException unreadable) {
            throw new Failure(
                    "%s cannot be read (%s); change its mode, or move it away".formatted(file, unreadable), unreadable);
        }
    }
}
