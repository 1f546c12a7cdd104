package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What goes back when a revision of a Site fails. */
public enum OnFailure {
    @JsonProperty("hold")
    HOLD,
    @JsonProperty("rollback")
    ROLLBACK
}
