package dev.ashlar.images;

import picocli.CommandLine.Command;

/** {@code ashlar image}: builds and checks the images of the source tree. */
@Command(
        name = "image",
        description = "Builds and checks the images and host programs of the source tree.",
        subcommands = {
            BuildCommand.class,
            DigestCommand.class,
            LockCommand.class,
            MirrorCommand.class,
            ProvenanceCommand.class,
            SbomCommand.class,
            SourcesCommand.class,
            VerifyCommand.class
        })
public final class ImageCommand {}
