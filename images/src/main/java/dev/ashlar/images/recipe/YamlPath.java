package dev.ashlar.images.recipe;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds where in a YAML text something stands. */
final class YamlPath {
    private YamlPath() {}

    /** The line of a field or of an element of a list, counted from 1; of the last one on the path that is there. */
    static int line(String text, List<Reference> path) {
        Node node = new Yaml().compose(new StringReader(text));
        int line = 1;
        for (Reference step : path) {
            if (node instanceof SequenceNode list
                    && step.getIndex() >= 0
                    && step.getIndex() < list.getValue().size()) {
                node = list.getValue().get(step.getIndex());
                line = line(node);
            } else if (node instanceof MappingNode map && find(map, step.getFieldName()) instanceof NodeTuple field) {
                node = field.getValueNode();
                line = line(field.getKeyNode());
            }
        }
        return line;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** Of a map with one key, which may be the kind of a layer, also what is below that. */
    private static @Nullable NodeTuple find(MappingNode map, @Nullable String name) {
        for (NodeTuple field : map.getValue()) {
            if (field.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return field;
            }
        }
        return map.getValue().size() == 1 && map.getValue().getFirst().getValueNode() instanceof MappingNode inner
                ? find(inner, name)
                : null;
    }
}
