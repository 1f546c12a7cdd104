package dev.ashlar.operator.publish;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.ContentImage;
import dev.ashlar.images.Images;
import dev.ashlar.operator.rollout.ShortDigest;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The images of a folder: the one that serves it and, where it has pages of PHP, the one that runs these. */
record ContentImages(BuiltImage content, Optional<BuiltImage> php) {

    static ContentImages build(Checkout checkout, Path folder, String site, Progress progress) throws IOException {
        Images images = Images.open(checkout);
        BuiltImage nginx = images.image("nginx");
        Optional<BuiltImage> fpm = hasPhp(folder) ? Optional.of(images.image("php-fpm")) : Optional.empty();
        Progress.Step step = progress.start("image of " + folder);
        BuiltImage content = ContentImage.build(nginx, folder, checkout.cache(), site);
        Optional<BuiltImage> php =
                fpm.map(base -> ContentImage.buildRunning(base, folder, checkout.cache(), site + "/php"));
        step.done(ShortDigest.of(content.digest()));
        return new ContentImages(content, php);
    }

    List<BuiltImage> all() {
        return Stream.concat(php.stream(), Stream.of(content)).toList();
    }

    String contentReference() {
        return reference(content);
    }

    /** The file with the image that runs PHP; what it has of PHP beside that stays. */
    SiteFile writePhp(SiteFile file) {
        if (php.isEmpty() && file.hasPhp()) {
            throw new Failure(
                    "%s.yaml has spec.content.php, and the folder has no *.php file; remove content.php, or publish the folder that has the pages"
                            .formatted(file.name()));
        }
        return php.map(image -> file.withPhpImage(reference(image))).orElse(file);
    }

    private static String reference(BuiltImage image) {
        return image.name() + "@" + image.digest();
    }

    /** Outside of folders that begin with a dot, of which nothing is run. */
    static boolean hasPhp(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .anyMatch(file -> file.toString().endsWith(".php") && !isHidden(file));
        }
    }

    private static boolean isHidden(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(segment -> segment.toString().startsWith("."));
    }
}
