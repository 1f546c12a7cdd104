package dev.ashlar.operator.publish;

import dev.ashlar.operator.terminal.Failure;
import java.util.regex.Pattern;

/** The name of a Site, by the rules that the API server has for it: checked before anything is built. */
record SiteName(String value) {
    private static final int LONGEST = 30;
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    SiteName {
        if (value.length() > LONGEST) {
            throw new Failure("the Site's name %s has %d characters; choose one of at most %d"
                    .formatted(value, value.length(), LONGEST));
        }
        if (!LABEL.matcher(value).matches()) {
            throw new Failure(("'%s' cannot be a Site's name; write lower-case letters, digits and \"-\","
                            + " a letter first and no \"-\" at the end")
                    .formatted(value));
        }
    }
}
