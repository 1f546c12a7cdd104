package dev.ashlar.operator.service.plan;

/** How an image that a spec names is pulled. */
final class Images {
    private static final String REGISTRY = "localhost:5000/";

    private Images() {}

    /** A name without a host is in the cluster's own registry, which every node reaches as localhost:5000. */
    static String pulledAs(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return hasHost ? image : REGISTRY + image;
    }
}
