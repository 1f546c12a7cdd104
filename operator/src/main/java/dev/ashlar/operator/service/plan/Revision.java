package dev.ashlar.operator.service.plan;

import dev.ashlar.crds.MountedFile;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short hash of everything a pod is made from, its files included, so that a changed file rolls the pods. */
public final class Revision {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final int LENGTH = 10;

    private Revision() {}

    public static String of(PodSpec spec, List<MountedFile> files, Object... more) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(JSON.asJson(spec).getBytes(StandardCharsets.UTF_8));
            hash.update(JSON.asJson(files).getBytes(StandardCharsets.UTF_8));
            for (Object part : more) {
                hash.update(part.toString().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(hash.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
