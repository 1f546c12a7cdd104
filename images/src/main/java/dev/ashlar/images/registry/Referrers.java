package dev.ashlar.images.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Index;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What was attached to an image: by the registry's own API where it has one, else in the index under the tag that the
 * specification gives ({@code sha256-DIGEST}), which whoever attaches something keeps.
 */
final class Referrers {
    private static final int TRIES = 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Registry registry;

    Referrers(Registry registry) {
        this.registry = registry;
    }

    /** All that is attached to this digest; none is a common answer. */
    List<Descriptor> of(String digest) {
        String purpose = "read what is attached to " + digest;
        Request request =
                Request.of("GET", registry.uri("referrers/" + digest), purpose).header("Accept", Descriptor.INDEX);
        try (Answer answer = registry.send(request)) {
            if (answer.status() == 200) {
                return read(answer.body().readNBytes(Registry.LARGEST_MANIFEST), purpose);
            }
            if (answer.status() != 404) {
                throw Trouble.refused(registry.target(), purpose, answer);
            }
        } catch (IOException e) {
            throw Trouble.noAnswer(registry.target(), purpose, e);
        }
        return registry.find(tag(digest)).map(bytes -> read(bytes, purpose)).orElse(List.of());
    }

    /**
     * Adds to the index of a registry that has no API for it. Two may do so at once: ours compares before it writes
     * ({@code If-Match}), and where a registry ignores that, a write that was lost is seen afterwards and made again.
     */
    void add(String subject, Descriptor artifact) {
        for (int i = 0; i < TRIES; i++) {
            Optional<byte[]> before = registry.find(tag(subject));
            List<Descriptor> list = new ArrayList<>(
                    before.map(bytes -> read(bytes, "read " + tag(subject))).orElse(List.of()));
            if (list.stream().anyMatch(known -> known.digest().equals(artifact.digest()))) {
                return;
            }
            list.add(artifact);
            write(subject, before, list);
            pause();
        }
        throw Trouble.nonsense(
                registry.target(),
                "attach " + artifact.digest(),
                "others write the list at the same time, again and again");
    }

    private void write(String subject, Optional<byte[]> before, List<Descriptor> list) {
        byte[] index = json(Index.of(list));
        Request request = registry.putting(tag(subject), Descriptor.INDEX, index);
        Request conditional = before.map(bytes -> request.header("If-Match", "\"sha256:" + Sha256.of(bytes) + "\""))
                .orElseGet(() -> request.header("If-None-Match", "*"));
        try (Answer answer = registry.send(conditional)) {
            if (answer.status() != 201 && answer.status() != 412) {
                throw Trouble.refused(registry.target(), request.purpose(), answer);
            }
        } catch (IOException e) {
            throw Trouble.noAnswer(registry.target(), request.purpose(), e);
        }
    }

    static String tag(String digest) {
        return digest.replace(':', '-');
    }

    private List<Descriptor> read(byte[] bytes, String purpose) {
        try {
            List<Descriptor> list = JSON.readValue(bytes, Index.class).manifests();
            if (list.stream().anyMatch(entry -> entry == null || !Reference.isDigest(String.valueOf(entry.digest())))) {
                throw Trouble.nonsense(registry.target(), purpose, "the list has an entry without a digest");
            }
            return list;
        } catch (IOException e) {
            throw Trouble.nonsense(registry.target(), purpose, "the list is no OCI index");
        }
    }

    private static byte[] json(Index index) {
        try {
            return JSON.writeValueAsBytes(index);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of random length, so that two that met do not meet again. */
    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(20, 120));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new dev.ashlar.images.host.BuildException("interrupted; run the command again", e);
        }
    }
}
