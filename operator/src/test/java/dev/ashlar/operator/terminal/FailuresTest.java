package dev.ashlar.operator.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.host.BuildException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.StringWriter;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
    @Test
    void takesTheSentenceOfAFailure() {
        assertThat(Failures.sentence(new Failure("a is b; do c"))).isEqualTo("a is b; do c");
        assertThat(Failures.sentence(new BuildException("a is b; do c"))).isEqualTo("a is b; do c");
    }

    @Test
    void saysThatTheClusterDoesNotAnswer() {
        assertThat(Failures.sentence(new KubernetesClientException("list", new ConnectException())))
                .isEqualTo("the cluster does not answer (connection refused);"
                        + " `make up` starts or repairs the local one, else check KUBECONFIG");
    }

    @Test
    void namesTheFile() {
        assertThat(Failures.sentence(new AccessDeniedException("/x"))).startsWith("/x: may not be read");
    }

    @Test
    void aFaultOfOursKeepsItsTrace() {
        var written = new StringWriter();
        int code = new CommandLine(new Broken())
                .setExecutionExceptionHandler(new Failures())
                .setErr(new java.io.PrintWriter(written))
                .execute();
        assertThat(code).isEqualTo(1);
        assertThat(written.toString())
                .startsWith("ashlar: a fault of ashlar itself")
                .contains("\tat ");
    }

    /** Breaks in a way that no sentence explains. */
    @Command
    static final class Broken implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("x");
        }
    }
}
