package dev.ashlar.images.registry;

import dev.ashlar.images.oci.Descriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Sends one blob in the two requests that it takes; a session that broke is begun anew. */
record Upload(RegistryTarget target, Transport transport) {
    private static final int SESSIONS = 4;

    void send(Descriptor blob, Supplier<BodyPublisher> content) {
        for (int session = 1; ; session++) {
            try (Answer answer = transport.sendOnce(complete(blob, content))) {
                if (answer.status() == 201) {
                    return;
                }
                boolean lost = answer.status() == 404 || answer.status() == 416 || answer.isTransient();
                if (session >= SESSIONS || !lost) {
                    throw Trouble.refused(target, purpose(blob), answer);
                }
            } catch (IOException e) {
                if (session >= SESSIONS) {
                    throw Trouble.noAnswer(target, purpose(blob), e);
                }
            }
        }
    }

    private Request complete(Descriptor blob, Supplier<BodyPublisher> content) throws IOException {
        URI place = begin(blob);
        String separator = place.getRawQuery() == null ? "?" : "&";
        return Request.of("PUT", URI.create(place + separator + "digest=" + blob.digest()), purpose(blob))
                .header("Content-Type", "application/octet-stream")
                .body(content, blob.size());
    }

    private URI begin(Descriptor blob) throws IOException {
        URI uploads = target.base().resolve("/v2/%s/blobs/uploads/".formatted(target.repository()));
        try (Answer answer = transport.send(Request.of("POST", uploads, purpose(blob)))) {
            if (answer.status() != 202) {
                throw Trouble.refused(target, purpose(blob), answer);
            }
            String location = answer.header("Location");
            if (location.isEmpty()) {
                throw Trouble.nonsense(target, purpose(blob), "it named no place for the upload");
            }
            return onOurHost(uploads.resolve(location));
        } catch (IllegalArgumentException e) {
            throw Trouble.nonsense(target, purpose(blob), "it named a place for the upload that is no URL");
        }
    }

    /** A registry behind a port-forward or a proxy may answer with the host it knows itself by. */
    private URI onOurHost(URI place) {
        String query = place.getRawQuery() == null ? "" : "?" + place.getRawQuery();
        return target.base().resolve(String.valueOf(place.getRawPath()) + query);
    }

    private static String purpose(Descriptor blob) {
        return "upload blob " + blob.digest();
    }

    static BodyPublisher ofFile(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }
}
