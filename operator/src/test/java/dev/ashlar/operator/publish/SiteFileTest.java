package dev.ashlar.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.operator.terminal.Failure;
import org.junit.jupiter.api.Test;

class SiteFileTest {
    private static final String IMAGE = "shop@sha256:" + "a".repeat(64);

    private static final String EDITED = """
            # ours — do not reformat
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: ashlar.dev/v1alpha1
            kind: Site
            metadata:
              name: shop   # the shop
              namespace: shops
            spec:
              domains:
                - name: shop.example.org # canonical
                  serve: true
              content:
                replicas: 2
                image: "shop@sha256:old" # by publish
            """;

    @Test
    void aNewImageChangesNothingElse() {
        assertThat(new SiteFile("shop", EDITED).withImage(IMAGE).text())
                .isEqualTo(EDITED.replace("\"shop@sha256:old\"", IMAGE));
    }

    @Test
    void aNewDomainBecomesTheFirst() {
        assertThat(new SiteFile("shop", EDITED).withDomain("new.example.org").text())
                .isEqualTo(EDITED.replace(
                        "    - name: shop.example.org", "    - name: new.example.org\n    - name: shop.example.org"));
    }

    @Test
    void aKnownDomainStaysWhereItIs() {
        assertThat(new SiteFile("shop", EDITED).withDomain("shop.example.org").text())
                .isEqualTo(EDITED);
    }

    @Test
    void readsTheNamespaceAndTheDocumentOfTheSiteAlone() {
        var file = new SiteFile("shop", EDITED);
        assertThat(file.namespace()).contains("shops");
        assertThat(file.document()).startsWith("apiVersion: ashlar.dev").doesNotContain("kind: Namespace");
    }

    @Test
    void fillsWhatIsMissing() {
        var bare = new SiteFile("shop", "kind: Site\nmetadata: {name: shop}\nspec:\n  contact: {owner: a@b.c}\n");
        assertThat(bare.withImage(IMAGE).withDomain("a.example").text())
                .isEqualTo(
                        "kind: Site\nmetadata: {name: shop}\nspec:\n  domains: [{name: a.example}]\n  content: {image: "
                                + IMAGE + "}\n  contact: {owner: a@b.c}\n");
    }

    @Test
    void writesIntoFlowStyleToo() {
        var flow = new SiteFile(
                "shop", "{kind: Site, metadata: {name: shop}, spec: {domains: [], content: {replicas: 2}}}");
        assertThat(flow.withImage(IMAGE).withDomain("a.example").text())
                .isEqualTo("{kind: Site, metadata: {name: shop}, spec: {domains: [{name: a.example}], content: {image: "
                        + IMAGE + ", replicas: 2}}}");
    }

    @Test
    void theImageOfPhpStandsInTheContentAndWhatIsBesideItStays() {
        var file = new SiteFile("shop", EDITED).withImage(IMAGE);
        assertThat(file.hasPhp()).isFalse();
        String with = EDITED.replace(
                "    replicas: 2\n    image: \"shop@sha256:old\"",
                "    php: {image: " + IMAGE + "}\n    replicas: 2\n    image: " + IMAGE);
        assertThat(file.withPhpImage(IMAGE).text()).isEqualTo(with);
        assertThat(file.withPhpImage(IMAGE).hasPhp()).isTrue();
        String mine = with.replace("{image: " + IMAGE + "}", "{replicas: 3, image: old} # ours");
        assertThat(new SiteFile("shop", mine).withPhpImage(IMAGE).text()).isEqualTo(mine.replace("old}", IMAGE + "}"));
    }

    @Test
    void aFreshFileIsReadAgainAsItself() {
        SiteFile fresh = SiteFile.fresh("shop", "default", "shop.default.localhost", IMAGE);
        assertThat(fresh.namespace()).contains("default");
        assertThat(fresh.withImage(IMAGE).withDomain("shop.default.localhost")).isEqualTo(fresh);
    }

    @Test
    void namesTheLineOfWhatIsNotYaml() {
        assertThatThrownBy(() -> new SiteFile("shop", "kind: Site\nmetadata: [").withImage(IMAGE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("shop.yaml is not YAML (line 2");
    }

    @Test
    void refusesAnotherSitesFile() {
        assertThatThrownBy(() -> new SiteFile("other", EDITED).withImage(IMAGE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("other.yaml does not hold a Site of that name");
    }
}
