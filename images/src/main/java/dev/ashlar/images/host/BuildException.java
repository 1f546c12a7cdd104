package dev.ashlar.images.host;

/** Ends a build; its message is one sentence for the user that names the object, the cause and the remedy. */
public final class BuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BuildException(String message) {
        super(message);
    }

    public BuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
