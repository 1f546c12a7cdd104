package dev.ashlar.crds;

/** The CEL rules that several fields share, each with the message that says what to type. */
final class Rules {
    static final String IMAGE = "self.matches('^([a-z0-9.-]+(:[0-9]{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*"
            + "(/[a-z0-9]+([._-]+[a-z0-9]+)*)*@sha256:[0-9a-f]{64}$')";
    static final String IMAGE_SAYS =
            "'\"' + self + '\" is not an image with a digest and without a tag: write it like shop/api@sha256:<64 hex digits>; "
                    + "`ashlar image digest NAME` prints it'";

    static final String LABEL = "self.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')";
    static final String ROOT_LABEL = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')";
    static final String LABEL_SAYS =
            "write the name in lower-case letters, digits and \"-\", a letter first and no \"-\" at the end";

    static final String PATH = "self == '/' || self.matches('^(/[^/?#[:space:]]+)+$')";
    static final String PATH_SAYS = "write a path that starts with \"/\" and does not end with it, like /healthz";

    static final String FILE =
            "self.matches('^(/[^/:[:space:]]+)+$') && !(self + '/').contains('/./') && !(self + '/').contains('/../')";
    static final String FILE_SAYS =
            "write the path of a file from the root, like /etc/api.toml: no \"..\", no \":\", no \"/\" at the end";

    static final String ONE_CHECK =
            "(has(self.path) || has(self.port) ? 1 : 0) + (has(self.tcp) ? 1 : 0) + (has(self.exec) ? 1 : 0) == 1";
    static final String ONE_CHECK_SAYS = "give exactly one check: path and port, or tcp, or exec";
    static final String PATH_AND_PORT = "has(self.path) == has(self.port)";
    static final String PATH_AND_PORT_SAYS = "path and port go together: {path: /healthz, port: http}";

    static final String EMAIL = "self.matches('^[^@[:space:]]+@[^@[:space:]]+$')";
    static final String EMAIL_SAYS = "write an e-mail address, like ops@example.org";

    static final String DEADLINE = "self.matches('^[1-9][0-9]{0,4}(s|m|h)$') && duration(self) <= duration('24h')";
    static final String DEADLINE_SAYS = "write a time of at most 24h in seconds, minutes or hours, like 10m";

    private Rules() {}
}
