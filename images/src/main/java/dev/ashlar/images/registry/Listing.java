package dev.ashlar.images.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list that a registry sends in pages. */
record Listing(RegistryTarget target, Transport transport) {
    private static final int PAGE = 8 << 20;
    private static final int LONGEST = 100_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,2000})>\\s*;\\s*rel=\"?next\"?");
    private static final JsonMapper JSON = new JsonMapper();

    /** Every page's strings under this key, sorted; none when the registry answers 404. */
    List<String> all(URI first, String key, String purpose) {
        TreeSet<String> found = new TreeSet<>();
        Optional<URI> page = Optional.of(URI.create(first + "?n=1000"));
        while (page.isPresent()) {
            URI at = page.get();
            int before = found.size();
            try (Answer answer = transport.send(Request.of("GET", at, purpose))) {
                if (answer.status() == 404) {
                    break;
                }
                if (answer.status() != 200) {
                    throw Trouble.refused(target, purpose, answer);
                }
                for (JsonNode item :
                        JSON.readTree(answer.body().readNBytes(PAGE)).path(key)) {
                    found.add(item.asText());
                }
                page = next(at, answer);
            } catch (IOException e) {
                throw Trouble.noAnswer(target, purpose, e);
            }
            if (found.size() > LONGEST || page.isPresent() && found.size() == before) {
                throw Trouble.nonsense(target, purpose, "its list has no end");
            }
        }
        return List.copyOf(found);
    }

    private static Optional<URI> next(URI at, Answer answer) {
        Matcher link = NEXT.matcher(answer.header("Link"));
        return link.find()
                ? Optional.of(at.resolve(URI.create(link.group(1)).getRawPath() + query(link.group(1))))
                : Optional.empty();
    }

    private static String query(String link) {
        int mark = link.indexOf('?');
        return mark < 0 ? "" : link.substring(mark);
    }
}
