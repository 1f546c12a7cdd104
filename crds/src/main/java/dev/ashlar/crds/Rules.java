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

    static final String FOLDER_SAYS =
            "write the path of a folder from the root, like /data: no \"..\", no \":\", no \"/\" at the end";

    static final String SIZE = "isQuantity(string(self)) && !quantity(string(self)).isLessThan(quantity('1Mi'))";
    static final String SIZE_SAYS = "write the size with its unit, at least 1Mi, like 64Mi or 1Gi";
    static final String GROWS =
            "!isQuantity(string(self)) || !isQuantity(string(oldSelf)) || !quantity(string(self)).isLessThan(quantity(string(oldSelf)))";
    static final String GROWS_SAYS =
            "a volume cannot shrink: keep its size, or make a volume with another name and move what is on it";

    static final String CIDR = "isCIDR(self)";
    static final String CIDRS = "self.all(range, isCIDR(range))";
    static final String CIDR_SAYS =
            "write address ranges like 192.0.2.0/24 or 2001:db8::/32; a single address ends with /32 or /128";

    private static final String SEGMENTS = "'^(/[A-Za-z0-9._~-]+)+$'";
    static final String PAGE = "self.matches(" + SEGMENTS + ") && !self.contains('/..')";
    static final String FOLDERS =
            "self.all(path, path == '/' || path.matches(" + SEGMENTS + ") && !path.contains('/..'))";

    static final String OBJECT_NAME = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')";
    static final String SECRET_SAYS = "write the name of a Secret in this namespace; `kubectl get secrets` lists them";

    static final String ONE_PEER = "has(self.cidr) != (has(self.service) || has(self.site))";
    static final String ONE_PEER_SAYS =
            "name either a cidr, or a service, or a site and perhaps a service of it: {service: web}, {site: shop, service: api}, {cidr: 192.0.2.0/24}";
    static final String PEER_SERVICE =
            "A service of the same site or, with site, of that one; for a Service without a Site the name of another Service.";
    static final String PEER_SITE = "Another site in the same namespace; all its services where service is absent.";
    static final String PEER_CIDR = "An address range like 192.0.2.0/24.";

    private Rules() {}
}
