package dev.ashlar.operator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Which of its fields an object gets, so that the rules on several fields mostly hold. */
record Fields(RandomGenerator random, JsonNode properties) {
    /** What starts no pod, or none of its own accord, is more frequent. */
    private static final List<String> RUNS = List.of(
            "replicas",
            "replicas",
            "replicas",
            "replicas",
            "replicas",
            "replicas",
            "schedule",
            "schedule",
            "perNode",
            "once");

    private static final List<List<String>> EXACTLY_ONE = List.of(
            List.of("value", "secret"),
            List.of("content", "secret"),
            List.of("size", "temporary", "claim"),
            List.of("path", "tcp", "exec"),
            List.of("cidr", "service"),
            List.of("service", "content", "upstream", "redirect", "respond"));
    /** What a field has no use for beside it. */
    private static final Map<String, List<String>> INSTEAD = Map.ofEntries(
            Map.entry("schedule", List.of("ports", "health", "before", "stateful")),
            Map.entry("once", List.of("ports", "health", "before", "stateful")),
            Map.entry("perNode", List.of("stateful", "volumes", "mounts")),
            Map.entry("stateful", List.of("mounts")),
            Map.entry("cidr", List.of("site")),
            Map.entry("claim", List.of("delete")),
            Map.entry("temporary", List.of("delete")),
            Map.entry("tcp", List.of("port")),
            Map.entry("exec", List.of("port")),
            Map.entry("redirect", List.of("stripPrefix")),
            Map.entry("respond", List.of("stripPrefix")),
            Map.entry("serve", List.of("code")));
    /** What it needs. */
    private static final Map<String, List<String>> WITH =
            Map.of("health", List.of("ports"), "services", List.of("volumes"), "content", List.of("domains"));

    Set<String> choose(JsonNode required, double dense) {
        Set<String> chosen = new TreeSet<>();
        properties.fieldNames().forEachRemaining(name -> {
            if (random.nextDouble() < dense) {
                chosen.add(name);
            }
        });
        required.forEach(name -> chosen.add(name.asText()));
        if (has(List.of("domains", "content"))) {
            chosen.add("content");
        }
        EXACTLY_ONE.stream().filter(this::has).forEach(group -> keepOne(chosen, group));
        if (has(RUNS)) {
            keepOne(chosen, RUNS);
        } else if (properties.has("replicas")) {
            chosen.add("replicas");
        }
        if (properties.has("suspended")) {
            chosen.add("suspended");
        }
        if (chosen.contains("path") && has(List.of("path", "tcp"))) {
            chosen.add("port");
        }
        List.copyOf(chosen).forEach(name -> chosen.addAll(known(WITH.getOrDefault(name, List.of()))));
        chosen.removeAll(List.of("rollbackTo", "suspend")); // nothing would be made
        List.copyOf(chosen).forEach(name -> chosen.removeAll(INSTEAD.getOrDefault(name, List.of())));
        return chosen;
    }

    private void keepOne(Set<String> chosen, List<String> group) {
        chosen.removeAll(group);
        chosen.add(group.get(random.nextInt(group.size())));
    }

    private boolean has(List<String> names) {
        return names.stream().allMatch(properties::has);
    }

    private List<String> known(List<String> names) {
        return names.stream().filter(properties::has).toList();
    }
}
