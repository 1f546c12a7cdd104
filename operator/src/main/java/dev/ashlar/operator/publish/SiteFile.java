package dev.ashlar.operator.publish;

import dev.ashlar.operator.terminal.Failure;
import java.io.StringReader;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The text of a Site's YAML file; a change touches only the place that it is about, so that comments and layout stay. */
record SiteFile(String name, String text) {

    static SiteFile fresh(String name, String namespace, String domain, String image) {
        return new SiteFile(name, """
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  domains:
                  - name: %s
                  content:
                    image: %s
                """.formatted(name, namespace, domain, image));
    }

    Optional<String> namespace() {
        return Nodes.child(Nodes.mapping(site(), "metadata").orElseThrow(), "namespace")
                .flatMap(Nodes::scalar);
    }

    /** The Site alone, without what else is in the file. */
    String document() {
        MappingNode site = site();
        return text.substring(
                offset(site.getStartMark().getIndex()), offset(site.getEndMark().getIndex()));
    }

    SiteFile withImage(String image) {
        return withImage(spec(), "content", image);
    }

    /** The image of a content that is there. */
    SiteFile withPhpImage(String image) {
        return withImage(Nodes.mapping(spec(), "content").orElseThrow(), "php", image);
    }

    boolean hasPhp() {
        return Nodes.mapping(spec(), "content")
                .flatMap(content -> Nodes.child(content, "php"))
                .isPresent();
    }

    private SiteFile withImage(MappingNode parent, String key, String image) {
        Optional<MappingNode> part = Nodes.mapping(parent, key);
        if (part.isEmpty()) {
            return new SiteFile(name, insert(parent, key, "{image: " + image + "}"));
        }
        return Nodes.child(part.get(), "image")
                .map(node -> replace(node, image))
                .orElseGet(() -> new SiteFile(name, insert(part.get(), "image", image)));
    }

    /** The domain becomes the first, which is the canonical one, unless it is among the domains already. */
    SiteFile withDomain(String domain) {
        MappingNode spec = spec();
        if (!(Nodes.child(spec, "domains").orElse(null) instanceof SequenceNode domains)) {
            return new SiteFile(name, insert(spec, "domains", "[{name: " + domain + "}]"));
        }
        boolean known = domains.getValue().stream()
                .flatMap(each -> Nodes.child(each, "name").flatMap(Nodes::scalar).stream())
                .anyMatch(domain::equals);
        return known ? this : new SiteFile(name, insert(domains, "name: " + domain));
    }

    private MappingNode site() {
        try {
            return StreamSupport.stream(
                            yaml().composeAll(new StringReader(text)).spliterator(), false)
                    .filter(this::isThisSite)
                    .map(MappingNode.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new Failure(
                            "%s.yaml does not hold a Site of that name; move it away, or correct metadata.name and kind"
                                    .formatted(name)));
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            throw new Failure(
                    "%s.yaml is not YAML (line %d: %s); correct or remove it"
                            .formatted(name, line, broken.getProblem()),
                    broken);
        }
    }

    private boolean isThisSite(Node document) {
        return Nodes.child(document, "kind").flatMap(Nodes::scalar).equals(Optional.of("Site"))
                && Nodes.mapping(document, "metadata")
                        .flatMap(metadata -> Nodes.child(metadata, "name"))
                        .flatMap(Nodes::scalar)
                        .equals(Optional.of(name));
    }

    private MappingNode spec() {
        return Nodes.mapping(site(), "spec")
                .orElseThrow(() -> new Failure("%s.yaml has no spec; add one or remove the file".formatted(name)));
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    private SiteFile replace(Node node, String value) {
        if (!(node instanceof ScalarNode)) {
            throw new Failure("%s.yaml: an image in spec.content is not a text; remove it".formatted(name));
        }
        int start = offset(node.getStartMark().getIndex());
        int end = offset(node.getEndMark().getIndex());
        return new SiteFile(name, text.substring(0, start) + value + text.substring(end));
    }

    /** The text with one entry more, the first of the mapping. */
    private String insert(MappingNode mapping, String key, String value) {
        return insert((CollectionNode<?>) mapping, key + ": " + value);
    }

    /** The text with one item more, the first of the sequence. */
    private String insert(SequenceNode sequence, String item) {
        return insert((CollectionNode<?>) sequence, isBlock(sequence) ? "- " + item : "{" + item + "}");
    }

    private String insert(CollectionNode<?> collection, String entry) {
        int start = offset(collection.getStartMark().getIndex());
        if (isBlock(collection)) {
            String indent = " ".repeat(collection.getStartMark().getColumn());
            return text.substring(0, start) + entry + "\n" + indent + text.substring(start);
        }
        String separator = collection.getValue().isEmpty() ? "" : ", ";
        return text.substring(0, start + 1) + entry + separator + text.substring(start + 1);
    }

    private static boolean isBlock(CollectionNode<?> collection) {
        return collection.getFlowStyle() == FlowStyle.BLOCK;
    }

    /** SnakeYAML counts code points, Java's strings count UTF-16 units. */
    private int offset(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }
}
