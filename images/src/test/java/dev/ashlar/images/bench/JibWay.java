package dev.ashlar.images.bench;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** jib-core as its readme shows it, from scratch: one layer with the folder, its own caches, a plain registry. */
record JibWay(URI registry, Path cache) implements Way {
    @Override
    public void push(Path website) throws Exception {
        Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .addLayer(List.of(website), "/content")
                .containerize(Containerizer.to(RegistryImage.named(registry.getAuthority() + "/bench/jib:latest"))
                        .setAllowInsecureRegistries(true)
                        .setApplicationLayersCache(cache.resolve("layers"))
                        .setBaseImageLayersCache(cache.resolve("base")));
    }
}
