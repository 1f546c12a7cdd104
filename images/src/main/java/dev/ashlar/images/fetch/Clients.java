package dev.ashlar.images.fetch;

import dev.ashlar.images.host.Progress;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The clients of this machine, each for its kind of source. */
final class Clients {
    private final Map<Platform, Apt> apt = new EnumMap<>(Platform.class);
    private final Pip pip;
    private final GoProxy goProxy;
    private final Npm npm;

    /** @param cache Ashlar's cache folder, where each client has a folder of its own */
    Clients(Path cache, Progress progress) {
        for (Platform platform : Platform.values()) {
            String name = platform == Platform.own() ? "apt" : "apt-" + platform.architecture();
            apt.put(platform, new Apt(cache.resolve(name), platform, progress));
        }
        this.pip = new Pip(cache.resolve("pip"), progress);
        this.goProxy = new GoProxy(cache.resolve("go"));
        this.npm = new Npm(cache.resolve("npm"), false);
    }

    List<String> versions(Need need) throws IOException {
        return switch (need) {
            case Need.Deb deb -> apt(deb.platform()).versions(deb.name(), "Packages");
            case Need.DebSource debSource -> apt(Platform.own()).versions(debSource.name(), "Sources");
            case Need.Go go -> goProxy.versions();
            case Need.Wheel wheel -> pip.versions(wheel);
        };
    }

    LockedSource offer(Need need, String version) throws IOException {
        return switch (need) {
            case Need.Deb deb -> apt(deb.platform()).offer(deb.name(), version);
            case Need.DebSource debSource -> apt(Platform.own()).offerSource(debSource.name(), version);
            case Need.Go go -> goProxy.offer(go.name(), version);
            case Need.Wheel wheel -> pip.offer(wheel, version);
        };
    }

    void download(LockedSource source, Path into) throws IOException {
        switch (source) {
            case LockedSource.Deb deb -> apt(deb.platform()).download(deb, into);
            case LockedSource.DebSource debSource -> apt(Platform.own()).downloadSource(debSource, into);
            case LockedSource.Go go -> goProxy.download(go, into);
            case LockedSource.Wheel wheel -> pip.download(wheel, into);
        }
    }

    Npm npm() {
        return npm;
    }

    private Apt apt(Platform platform) {
        return Objects.requireNonNull(apt.get(platform));
    }
}
