package dev.ashlar.operator.cluster.machine;

import dev.ashlar.operator.terminal.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts components: in their cgroup and namespaces, in a session of their own, with their output in a log file. */
public final class Launcher {
    // Writes its own id, then becomes the program: the id that Java sees is the program's from the first moment.
    private static final String JOIN = "while [ \"$1\" != -- ]; do echo $$ > \"$1\"; shift; done; shift; exec \"$@\"";

    private final Path logs;
    private final Path networkNamespace;
    private final Path mountNamespace;
    private final Cgroup cgroup;

    public Launcher(Path logs, Path networkNamespace, Path mountNamespace, Cgroup cgroup) {
        this.logs = logs;
        this.networkNamespace = networkNamespace;
        this.mountNamespace = mountNamespace;
        this.cgroup = cgroup;
    }

    public RunningProcess start(Component component) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-ec", JOIN, "sh"));
        cgroup.doors().forEach(door -> command.add(door.toString()));
        command.addAll(List.of("--", "setsid"));
        if (component.place() == Component.Place.NODE) {
            command.addAll(List.of("nsenter", "--net=" + networkNamespace, "--mount=" + mountNamespace, "--"));
        }
        command.addAll(component.command());
        var builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(freshLog(component).toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("PATH", path(component));
        long pid = builder.start().pid();
        long start = Proc.start(pid).orElseThrow(() -> new Failure(diagnosis(component)));
        return new RunningProcess(pid, start, component.command());
    }

    /** A sentence about a component that ended by itself, with the last lines of its log. */
    public String diagnosis(Component component) {
        String last = "";
        try (Stream<String> lines = Files.lines(log(component))) {
            List<String> all = lines.toList();
            last = String.join("\n  ", all.subList(Math.max(0, all.size() - 5), all.size()));
        } catch (IOException e) {
            last = "(no log)";
        }
        return "%s ended right after its start; `ashlar cluster up` tries again; %s says:\n  %s"
                .formatted(component.name(), log(component), last);
    }

    private Path log(Component component) {
        return logs.resolve(component.name() + ".log");
    }

    private Path freshLog(Component component) throws IOException {
        Path log = log(component);
        Files.createDirectories(log.getParent());
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    private static String path(Component component) {
        return Stream.concat(component.path().stream(), Stream.of("/usr/sbin:/usr/bin:/sbin:/bin"))
                .collect(Collectors.joining(":"));
    }
}
