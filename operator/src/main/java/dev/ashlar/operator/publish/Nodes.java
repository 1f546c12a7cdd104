package dev.ashlar.operator.publish;

import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds its way through YAML nodes, which know where they stand in the text. */
final class Nodes {
    private Nodes() {}

    static Optional<Node> child(Node parent, String key) {
        if (!(parent instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(entry -> scalar(entry.getKeyNode()).equals(Optional.of(key)))
                .map(entry -> entry.getValueNode())
                .findFirst();
    }

    static Optional<MappingNode> mapping(Node parent, String key) {
        return child(parent, key).filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
    }

    static Optional<String> scalar(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }
}
