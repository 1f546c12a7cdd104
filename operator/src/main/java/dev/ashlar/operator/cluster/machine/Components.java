package dev.ashlar.operator.cluster.machine;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Keeps components running: starts what does not run, replaces what runs with another command, waits for answers. */
public final class Components {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final StateFile file;
    private final Launcher launcher;

    public Components(StateFile file, Launcher launcher) {
        this.file = file;
        this.launcher = launcher;
    }

    public boolean runs(Component component) {
        return running(component.name())
                .filter(process -> process.command().equals(component.command()))
                .isPresent();
    }

    public boolean run(List<Component> components) {
        return components.stream().allMatch(this::runs);
    }

    /** Ends what an earlier command started otherwise than it is to run now; those that need others go before them. */
    public void endOutdated(List<Component> components) {
        components.reversed().stream()
                .filter(component -> !runs(component))
                .forEach(component -> running(component.name()).ifPresent(Components::end));
    }

    public void ensure(Component component) throws IOException {
        if (runs(component)) {
            return;
        }
        RunningProcess process = launcher.start(component);
        file.update(state -> state.with(component.name(), process));
    }

    /** Waits until the component answers; gives up when it ends by itself or after a minute. */
    public void await(Component component, BooleanSupplier answers) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers.getAsBoolean()) {
            if (!runs(component)) {
                throw new Failure(launcher.diagnosis(component));
            }
            if (Instant.now().isAfter(end)) {
                throw new Failure("%s did not answer within %d s; see its log, then run `ashlar cluster up` again"
                        .formatted(component.name(), PATIENCE.toSeconds()));
            }
            pause(PAUSE);
        }
    }

    /** Fails when one of them has ended by itself since it was started. */
    public void refuseEnded(List<Component> components) {
        for (Component component : components) {
            if (!runs(component)) {
                throw new Failure(launcher.diagnosis(component));
            }
        }
    }

    /** The process of a component, be it by this command or by an earlier one. */
    public Optional<RunningProcess> running(String component) {
        return file.read().running(component);
    }

    /**
     * Without a chance to say goodbye, which all of them survive: an API server that stops in order takes itself out of the
     * Service kubernetes, and when it is back within a second kube-proxy 1.34 leaves that Service without a target
     * (pkg/proxy/nftables/proxier.go flushes the endpoint's chain, then takes the chain that exists for one that is filled).
     */
    private static void end(RunningProcess process) {
        process.kill();
        while (process.alive()) {
            pause(PAUSE);
        }
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted; run the command again", e);
        }
    }
}
