package dev.ashlar.operator.cluster;

/** What {@link NodesIT} runs, all of it of the image kubectl, which can serve a folder and fetch from another. */
final class NodesObjects {
    static final int PORT = 8080;

    private NodesObjects() {}

    /** One on each node, with a claim, and one Service for all. */
    static String peers(String image) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: peers}
                spec:
                  selector: {app: peer}
                  ports: [{port: 8080}]
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: peer}
                spec:
                  serviceName: peers
                  replicas: 3
                  podManagementPolicy: Parallel
                  selector: {matchLabels: {app: peer}}
                  template:
                    metadata: {labels: {app: peer}}
                    spec:
                      %s
                      affinity:
                        podAntiAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                          - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: peer}}}
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 16Mi}}}
                """.formatted(serving(image, "[{name: data, mountPath: /data}]"));
    }

    /** One that may be anywhere but beside the control plane, and leaves a lost node soon. */
    static String wanderer(String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: wanderer}
                spec:
                  selector: {matchLabels: {app: wanderer}}
                  template:
                    metadata: {labels: {app: wanderer}}
                    spec:
                      %s
                      affinity:
                        nodeAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                            nodeSelectorTerms:
                            - matchExpressions:
                              - {key: node-role.kubernetes.io/control-plane, operator: DoesNotExist}
                      tolerations:
                      - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 1}
                """.formatted(serving(image, "[]"));
    }

    /** An agent and a Service of as many pods as there are nodes, as users of Ashlar write them. */
    static String services(String image) {
        return """
                apiVersion: ashlar.dev/v1alpha1
                kind: Service
                metadata: {name: agent}
                spec:
                  image: %1$s
                  args: [--server=http://127.0.0.1:1, proxy]
                  perNode: {controlPlane: true}
                ---
                apiVersion: ashlar.dev/v1alpha1
                kind: Service
                metadata: {name: spread}
                spec:
                  image: %1$s
                  args: [--server=http://127.0.0.1:1, proxy]
                  replicas: 3
                """.formatted(image);
    }

    /** Serves /etc, so that /www/hostname tells which pod answered. */
    private static String serving(String image, String mounts) {
        return """
                terminationGracePeriodSeconds: 1
                automountServiceAccountToken: false
                securityContext: {fsGroup: 65532}
                containers:
                - name: main
                  image: %s
                  args: [--server=http://127.0.0.1:1, proxy, --address=0.0.0.0, --port=8080, --accept-hosts=.*, --www=/etc, --www-prefix=/www/]
                  readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
                  volumeMounts: %s
                """.formatted(image, mounts).indent(6).strip();
    }
}
