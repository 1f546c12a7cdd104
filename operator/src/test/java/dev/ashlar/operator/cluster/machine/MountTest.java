package dev.ashlar.operator.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTest {
    @Test
    void readsALineWithAndWithoutOptionalFields() {
        assertThat(Mount.parse("43 42 0:4 net:[4026532177] /run/netns/ashlar rw shared:2 - nsfs nsfs rw"))
                .isEqualTo(new Mount(Path.of("/run/netns/ashlar"), "nsfs"));
        assertThat(Mount.parse("69 44 0:4 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids"))
                .isEqualTo(new Mount(Path.of("/sys/fs/cgroup/pids"), "cgroup"));
    }

    @Test
    void readsABlankInAPath() {
        assertThat(Mount.parse("69 44 0:4 / /mnt/my\\040disk rw - ext4 /dev/vdb rw")
                        .point())
                .isEqualTo(Path.of("/mnt/my disk"));
    }
}
