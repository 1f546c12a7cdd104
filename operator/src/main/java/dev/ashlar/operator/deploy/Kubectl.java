package dev.ashlar.operator.deploy;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.connection.Kubeconfig;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the kubectl of the tree's own Kubernetes, or the one that KUBECTL names. */
public record Kubectl(Path program, String kubeconfig) {
    private static final String MANAGER = "ashlar-deploy";

    static Kubectl find(Checkout checkout) {
        String given = System.getenv("KUBECTL");
        Path program = given != null && !given.isBlank()
                ? Path.of(given)
                : Images.open(checkout).programs("kubernetes").resolve("kubectl");
        return new Kubectl(program, Kubeconfig.value());
    }

    /** True when the API server is there and ready. */
    public boolean answers() {
        try {
            return run("", List.of("get", "--raw=/readyz")).equals("ok");
        } catch (Failure silent) {
            return false;
        }
    }

    /** The objects that a kustomization folder stands for, as YAML. */
    public String kustomize(Path folder) {
        return run("", List.of("kustomize", folder.toString()));
    }

    /** Applies a kustomization folder; what others set in our fields is overwritten, since the overlay is the source. */
    public void apply(Path folder) {
        run(
                "",
                List.of(
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--field-manager=" + MANAGER,
                        "-k",
                        folder.toString()));
    }

    /** Applies a folder of CRDs and returns when the API server serves all of their kinds. */
    void applyKinds(Path folder) {
        apply(folder);
        run(kustomize(folder), List.of("wait", "--for=condition=Established", "--timeout=60s", "-f", "-"));
    }

    /** Applies objects given as YAML, in the same way. */
    void applyText(String yaml) {
        run(yaml, List.of("apply", "--server-side", "--force-conflicts", "--field-manager=" + MANAGER, "-f", "-"));
    }

    private String run(String input, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("KUBECONFIG", kubeconfig);
            Process process = builder.start();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = text(process.getInputStream());
            if (process.waitFor() != 0) {
                throw new Failure("kubectl %s failed: %s".formatted(arguments.getFirst(), reason(errors.join())));
            }
            return output;
        } catch (IOException broken) {
            throw new Failure(
                    "%s cannot be run (%s); `make images` builds it".formatted(program, broken.getMessage()), broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", stop);
        }
    }

    /** What kubectl said, without its warnings, on one line. */
    private static String reason(String errors) {
        return String.join(
                "; ",
                errors.lines()
                        .filter(line -> !line.startsWith("Warning:") && !line.isBlank())
                        .map(line -> line.replaceFirst("^(error|Error from server \\(\\w+\\)): ", ""))
                        .toList());
    }

    private static String text(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
