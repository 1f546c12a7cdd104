package dev.ashlar.crds;

import io.fabric8.generator.annotation.Required;

/** What a Service runs. */
public record ServiceRevision(@Required String digest) {}
