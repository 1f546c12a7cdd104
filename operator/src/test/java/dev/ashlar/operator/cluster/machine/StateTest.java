package dev.ashlar.operator.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
    private static final long SELF = ProcessHandle.current().pid();

    private final RunningProcess self =
            new RunningProcess(SELF, Proc.start(SELF).orElseThrow(), List.of("java"));

    @Test
    void knowsAProcessThatRuns() {
        assertThat(State.empty("/checkout").with("self", self).running("self")).contains(self);
    }

    @Test
    void doesNotTakeALaterProcessForTheOneThatHadItsId() {
        var earlier = new RunningProcess(SELF, self.start() - 1, List.of("java"));
        assertThat(State.empty("/checkout").with("self", earlier).running()).isEmpty();
    }

    @Test
    void takesNothingForRunningThatIsFromAnotherBoot() {
        var before = new State("/checkout", "another", Map.of("self", self), Map.of("a", "1"), List.of("/a"), "x");
        assertThat(before.running()).isEmpty();
        assertThat(before.inThisBoot())
                .isEqualTo(new State("/checkout", Proc.boot(), Map.of(), Map.of(), List.of("/a"), ""));
    }

    @Test
    void forgetsTheComponentsOfOneNode() {
        State both = State.empty("/checkout").with("kubelet", self).with("ashlar-2/kubelet", self);
        assertThat(both.without("ashlar-2/")).isEqualTo(State.empty("/checkout").with("kubelet", self));
    }

    @Test
    void readsWhatItWrote(@TempDir Path folder) {
        var file = new StateFile(folder.resolve("state.json"), "/checkout");
        State written = file.update(state -> state.with("self", self)
                .withHost(Map.of("/proc/sys/kernel/panic", "1"), List.of("/run/containerd"))
                .withApplied("x"));
        assertThat(file.read()).isEqualTo(written);
    }

    @Test
    void startsAnewFromAFileThatWasCutShort(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("state.json");
        java.nio.file.Files.writeString(path, "{\"checkout\":");
        assertThat(new StateFile(path, "/checkout").read()).isEqualTo(State.empty("/checkout"));
    }
}
