package dev.ashlar.operator.terminal;

/** Ends a command with exit code 1; its message is one sentence for the user that names the object, the cause and the remedy. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
