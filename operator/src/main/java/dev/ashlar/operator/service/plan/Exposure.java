package dev.ashlar.operator.service.plan;

import dev.ashlar.crds.Port;
import dev.ashlar.crds.Publish;
import java.util.List;
import java.util.stream.Stream;

/** The ports that are reached from outside the cluster, by the way in which they are. */
public record Exposure(List<Port> ports) {
    /** All published ports, whatever the way. */
    public Stream<Port> published() {
        return ports.stream().filter(port -> port.publish() != null);
    }

    public Stream<Port> by(Publish.Way way) {
        return published().filter(port -> way(port) == way);
    }

    public boolean uses(Publish.Way way) {
        return by(way).findAny().isPresent();
    }

    /** How a published port is reached; of each node that runs a pod where the spec does not say. */
    public static Publish.Way way(Port port) {
        Publish publish = port.publish();
        return publish == null || publish.by() == null ? Publish.Way.HOST_PORT : publish.by();
    }
}
