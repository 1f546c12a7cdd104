package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who goes first where a node is short of room. */
public enum Priority {
    @JsonProperty("low")
    LOW,
    @JsonProperty("normal")
    NORMAL,
    @JsonProperty("high")
    HIGH
}
