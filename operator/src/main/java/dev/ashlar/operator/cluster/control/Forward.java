package dev.ashlar.operator.cluster.control;

import dev.ashlar.operator.cluster.machine.Component;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.NodeId;
import dev.ashlar.operator.cluster.node.Programs;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The way from the host's loopback into the cluster: sites on 8080 and 8443, the page of the cluster on 2321, the registry on 5000. */
public final class Forward {
    public static final Map<Integer, String> PORTS = new TreeMap<>(Map.of(
            8080, Addresses.CONTROL_PLANE + ":30080",
            8443, Addresses.CONTROL_PLANE + ":30443",
            2321, Addresses.CONTROL_PLANE + ":32321",
            5000, "127.0.0.1:5000"));

    private final Layout layout;
    private final Programs programs;

    public Forward(Layout layout, Programs programs) {
        this.layout = layout;
        this.programs = programs;
    }

    public Component component() {
        var command = new ArrayList<>(List.of(
                programs.folder("forward").resolve("forward").toString(),
                "-netns",
                layout.node(NodeId.FIRST).networkNamespace().toString()));
        PORTS.forEach((port, to) -> command.add("127.0.0.1:%d=%s".formatted(port, to)));
        return new Component("forward", Component.Place.HOST, command, List.of());
    }

    /** Fails, before anything is changed, when somebody else listens on one of the ports. */
    public static void refuseTakenPorts() throws IOException {
        var taken = new ArrayList<Integer>();
        for (int port : PORTS.keySet()) {
            if (!isFree(port)) {
                taken.add(port);
            }
        }
        if (!taken.isEmpty()) {
            throw new Failure(
                    "port %1$d of 127.0.0.1 is taken: end what listens there (`ss -ltnp sport = :%1$d` names it)"
                            .formatted(taken.getFirst()));
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (java.net.BindException e) {
            return false;
        }
    }
}
