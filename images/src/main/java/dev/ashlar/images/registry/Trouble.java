package dev.ashlar.images.registry;

import dev.ashlar.images.host.BuildException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;

/** One sentence for whatever a registry did not do: what was wanted, which registry, the cause, the remedy. */
final class Trouble {
    private Trouble() {}

    static BuildException noAnswer(RegistryTarget target, String purpose, IOException failure) {
        Cause cause = cause(target, failure);
        return new BuildException(sentence(target, purpose, cause), failure);
    }

    static BuildException refused(RegistryTarget target, String purpose, Answer answer) {
        return new BuildException(sentence(target, purpose, cause(target, answer)));
    }

    static BuildException absent(RegistryTarget target, String version) {
        return new BuildException(sentence(target, "read " + version, absent()));
    }

    static BuildException nonsense(RegistryTarget target, String purpose, String what) {
        return new BuildException(
                sentence(target, purpose, new Cause(what, "see whether this is a registry (OCI distribution 1.1)")));
    }

    private record Cause(String what, String remedy) {}

    private static String sentence(RegistryTarget target, String purpose, Cause cause) {
        return "cannot %s: %s: %s; %s".formatted(purpose, target, cause.what(), cause.remedy());
    }

    private static Cause cause(RegistryTarget target, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return new Cause("no such host", "correct the name, or check this machine's DNS");
            }
        }
        return switch (failure) {
            case HttpTimeoutException slow ->
                new Cause(
                        "no answer in time (%s)".formatted(slow.getMessage()),
                        "see whether the registry or the network is overloaded, then try again");
            case ConnectException down ->
                new Cause("it does not answer (connection refused)", "see whether the registry runs, then try again");
            case SSLHandshakeException untrusted ->
                new Cause(
                        "its certificate is not trusted (%s)".formatted(untrusted.getMessage()),
                        "add its authority to what Java trusts, or correct the host");
            default ->
                new Cause(
                        String.valueOf(failure.getMessage() == null ? failure : failure.getMessage()),
                        "see whether the registry runs, then try again");
        };
    }

    private static Cause absent() {
        return new Cause("it is not there", "push it again, or correct the name, tag or digest");
    }

    private static Cause cause(RegistryTarget target, Answer answer) {
        String said = answer.explanation();
        String what = "HTTP %d%s".formatted(answer.status(), said.isEmpty() ? "" : " (" + said + ")");
        if (answer.status() == 507 || said.contains("no space left")) {
            return new Cause(
                    "the registry's disk is full, " + what,
                    "run `ashlar image gc --delete`, or give its volume more room");
        }
        return switch (answer.status()) {
            case 401 ->
                new Cause(
                        target.login()
                                        .map(login -> "the login " + login + " was refused, ")
                                        .orElse("it wants a login, ")
                                + what,
                        "run: docker login " + target.registry());
            case 403 -> new Cause("this is not allowed, " + what, "ask its owner for the right, or correct the name");
            case 404 -> absent();
            case 405 ->
                new Cause("it takes no writes, " + what, "push to the registry itself, not to a mirror or forwarder");
            case 413 ->
                new Cause(
                        "this is too large for it, " + what,
                        "raise the limit of the registry or of the proxy before it");
            case 429 -> new Cause("too many requests, " + what, "try again later");
            default -> new Cause(what, "see the registry's log, then try again");
        };
    }
}
