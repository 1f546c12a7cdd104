package dev.ashlar.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class YamlTest {
    private final KubernetesSerialization yaml = new KubernetesSerialization();

    @Test
    void aSiteComesBackAsItWasWritten() {
        var written = """
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: shop}
                spec:
                  domains: [{name: shop.example.org}]
                  services:
                  - {name: api, image: "shop/api@sha256:1", replicas: 2, files: [{path: /etc/empty, content: ""}], resources: {memory: 64Mi}}
                """;
        var site = yaml.unmarshal(written, Site.class);
        var service = site.getSpec().services().getFirst();
        assertThat(service.spec().replicas()).isEqualTo(2);
        assertThat(service.spec().ports()).isEmpty();
        assertThat(tree(yaml.asYaml(site))).isEqualTo(tree(written));
    }

    @Test
    void aSitesServiceHasANameTheFieldsOfAServiceAndMounts() {
        var expected = new ArrayList<>(components(ServiceSpec.class).toList());
        expected.removeIf(component -> ServiceSpec.OF_ITS_OWN.stream().anyMatch(own -> component.endsWith(" " + own)));
        expected.addFirst("java.lang.String name");
        expected.addLast("java.util.List<dev.ashlar.crds.Mount> mounts");
        assertThat(components(SiteService.class).toList()).containsExactlyElementsOf(expected);
    }

    private static Stream<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(YamlTest::signature);
    }

    private static String signature(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    private Object tree(String text) {
        return yaml.unmarshal(text, Map.class);
    }
}
