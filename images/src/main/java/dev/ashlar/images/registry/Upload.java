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
            URI place = begin(blob);
            try (Answer answer = transport.sendOnce(complete(place, blob, content))) {
                if (answer.status() == 201) {
                    return;
                }
                abandon(place, blob);
                boolean lost = answer.status() == 404 || answer.status() == 416 || answer.isTransient();
                if (session >= SESSIONS || !lost) {
                    throw Trouble.refused(target, purpose(blob), answer);
                }
            } catch (IOException e) {
                abandon(place, blob);
                if (session >= SESSIONS) {
                    throw Trouble.noAnswer(target, purpose(blob), e);
                }
            }
        }
    }

    private static Request complete(URI place, Descriptor blob, Supplier<BodyPublisher> content) {
        String separator = place.getRawQuery() == null ? "?" : "&";
        return Request.of("PUT", URI.create(place + separator + "digest=" + blob.digest()), purpose(blob))
                .header("Content-Type", "application/octet-stream")
                .body(content, blob.size());
    }

    private URI begin(Descriptor blob) {
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
        } catch (IOException e) {
            throw Trouble.noAnswer(target, purpose(blob), e);
        }
    }

    /** What came through of a broken upload would lie on the registry's disk for days, and a full one would stay full. */
    private void abandon(URI place, Descriptor blob) {
        try (Answer state = transport.sendOnce(Request.of("GET", place, purpose(blob)))) {
            URI now = onOurHost(place.resolve(state.header("Location"))); // it says how far the upload came
            transport.sendOnce(Request.of("DELETE", now, purpose(blob))).close();
        } catch (IOException | IllegalArgumentException e) {
            // What the upload failed by is told already; the registry clears up by itself within a week.
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
