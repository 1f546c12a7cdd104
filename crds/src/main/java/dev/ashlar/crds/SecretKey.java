package dev.ashlar.crds;

import io.fabric8.generator.annotation.Required;

/** One key of a Secret in the same namespace. */
public record SecretKey(@Required String name, @Required String key) {}
