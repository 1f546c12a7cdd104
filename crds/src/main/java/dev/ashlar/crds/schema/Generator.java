package dev.ashlar.crds.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Fabric8's generator, from a class to a tree instead of to a file. */
final class Generator implements CRDPostProcessor, CRDGenerator.CRDOutput<OutputStream> {
    private final List<HasMetadata> made = new ArrayList<>();

    private Generator() {}

    static ObjectNode generate(Class<? extends HasMetadata> type) {
        var generator = new Generator();
        new CRDGenerator()
                .withOutput(generator)
                .withPostProcessor(generator)
                .customResourceClasses(type)
                .generate();
        return new KubernetesSerialization().convertValue(generator.made.getFirst(), ObjectNode.class);
    }

    @Override
    public HasMetadata process(HasMetadata crd, String version) {
        made.add(crd);
        return crd;
    }

    @Override
    public OutputStream outputFor(String name) {
        return OutputStream.nullOutputStream();
    }

    @Override
    public void close() {}
}
