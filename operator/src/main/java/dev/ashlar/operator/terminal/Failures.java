package dev.ashlar.operator.terminal;

import dev.ashlar.images.host.BuildException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what ended a command into one sentence and the exit code 1, or the one that the command names for it; a stack trace only for our own faults or with ASHLAR_DEBUG set. */
public final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        PrintWriter out = command.getErr();
        String sentence = sentence(thrown);
        if (Terminal.isPerson()) {
            out.print(Progress.CLEAR);
        }
        out.println("ashlar: " + (sentence == null ? "a fault of ashlar itself: " + thrown : sentence));
        if (sentence == null || System.getenv("ASHLAR_DEBUG") != null) {
            thrown.printStackTrace(out);
        }
        out.flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** The sentence for a known kind of trouble, or null for a fault of ours. */
    static @Nullable String sentence(Throwable thrown) {
        return switch (thrown) {
            case Failure failure -> failure.getMessage();
            case BuildException build -> build.getMessage();
            case KubernetesClientException refused -> sentence(refused);
            case FileSystemException file -> sentence(file);
            case java.io.UncheckedIOException io
            when io.getCause() != null -> io.getMessage() + ": " + sentence(io.getCause());
            case java.io.IOException io -> io.getMessage();
            default -> null;
        };
    }

    private static @Nullable String sentence(KubernetesClientException refused) {
        if (refused.getStatus() != null && refused.getStatus().getMessage() != null) {
            return "the cluster refused: " + refused.getStatus().getMessage();
        }
        return "the cluster does not answer (%s); `make up` starts or repairs the local one, else check KUBECONFIG"
                .formatted(reason(refused));
    }

    /** The innermost message; the JDK's client gives none when nobody listens. */
    private static String reason(Throwable outage) {
        String message = outage.getMessage() == null ? outage.getClass().getSimpleName() : outage.getMessage();
        for (Throwable cause = outage.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return "connection refused";
            }
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        return message;
    }

    private static String sentence(FileSystemException trouble) {
        String reason = String.valueOf(trouble.getReason());
        String remedy = reason.startsWith("No space") ? "; free some, or set XDG_CACHE_HOME to a larger disk" : "";
        String why = trouble instanceof AccessDeniedException
                ? "may not be read or written by this user; change its owner or mode"
                : trouble instanceof NoSuchFileException ? "does not exist" : reason + remedy;
        return trouble.getFile() + ": " + why;
    }
}
