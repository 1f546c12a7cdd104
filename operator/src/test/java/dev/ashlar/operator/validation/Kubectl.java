package dev.ashlar.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.connection.Kubeconfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kubectl of the tree's own Kubernetes, or the one that KUBECTL names, as a user runs it. */
public record Kubectl(Path program) {
    public static Kubectl find() {
        var given = System.getenv("KUBECTL");
        return new Kubectl(
                given == null
                        ? Images.open(Checkout.find()).programs("kubernetes").resolve("kubectl")
                        : Path.of(given));
    }

    /** Arguments for one namespace. */
    public static List<String> in(String namespace, String... arguments) {
        return Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toList();
    }

    /** What it prints; the test fails when it does. */
    public String run(String input, List<String> arguments) throws IOException, InterruptedException {
        Answer answer = answer(input, arguments);
        assertThat(answer.exitCode())
                .as("kubectl %s: %s", arguments, answer.output())
                .isZero();
        return answer.output();
    }

    /** What it prints when it fails; the test fails when it does not. */
    public String fail(List<String> arguments) throws IOException, InterruptedException {
        Answer answer = answer("", arguments);
        assertThat(answer.exitCode())
                .as("kubectl %s: %s", arguments, answer.output())
                .isNotZero();
        return answer.output();
    }

    private record Answer(int exitCode, String output) {}

    private Answer answer(String input, List<String> arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                Stream.concat(Stream.of(program.toString()), arguments.stream()).toList());
        builder.redirectErrorStream(true).environment().put("KUBECONFIG", Kubeconfig.value());
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }
}
