package dev.ashlar.operator.cluster.node;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.cluster.machine.HostCommand;
import dev.ashlar.operator.kube.NamedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The images that containerd has: the first ones are put in by hand, pinned, and never pulled. */
public final class ImageStore {
    private static final String PINNED = "io.cri-containerd.pinned=pinned";

    private final NodeLayout layout;
    private final Path ctr;

    public ImageStore(NodeLayout layout, Programs programs) {
        this.layout = layout;
        this.ctr = programs.folder("containerd").resolve("ctr");
    }

    public boolean answers() {
        return HostCommand.attempt(ctr("version")).succeeded();
    }

    /** The name that pods, and the runtime itself, know an image by. */
    public static String reference(BuiltImage image) {
        return NamedImage.REGISTRY + new NamedImage(image.name(), image.digest());
    }

    /** Puts in what is not there yet and returns how many that were. */
    public int add(List<BuiltImage> images) throws IOException {
        int added = 0;
        Set<String> present = new HashSet<>(
                HostCommand.run(ctr("images", "list", "--quiet")).lines().toList());
        for (BuiltImage image : images) {
            if (!present.contains(reference(image))) {
                add(image);
                added++;
            }
        }
        return added;
    }

    private void add(BuiltImage image) throws IOException {
        Path tar = layout.data("import").resolve(image.name() + ".tar");
        Files.createDirectories(tar.getParent());
        image.writeTar(tar, reference(image));
        HostCommand.run(ctr("images", "import", "--local", "--label", PINNED, tar.toString()));
        Files.delete(tar);
    }

    private List<String> ctr(String... arguments) {
        var command = new ArrayList<>(
                List.of(ctr.toString(), "--address", layout.containerdSocket().toString(), "--namespace", "k8s.io"));
        command.addAll(List.of(arguments));
        return command;
    }
}
