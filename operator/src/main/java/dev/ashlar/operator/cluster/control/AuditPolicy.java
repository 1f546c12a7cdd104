package dev.ashlar.operator.cluster.control;

import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.node.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Which requests the API server notes down: what the operator and its neighbours ask for, without any content. */
public final class AuditPolicy {
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - {level: Metadata, userGroups: ["system:serviceaccounts:ashlar-system"]}
            - {level: None}
            """;

    private final Path folder;

    public AuditPolicy(Layout layout) {
        folder = layout.data("audit");
    }

    public void write() throws IOException {
        HostFiles.write(policy(), POLICY, "rw-------");
    }

    List<String> flags() {
        return List.of(
                "--audit-policy-file=" + policy(),
                "--audit-log-path=" + folder.resolve("audit.log"),
                // Of 100 MB each.
                "--audit-log-maxbackup=2");
    }

    private Path policy() {
        return folder.resolve("policy.yaml");
    }
}
