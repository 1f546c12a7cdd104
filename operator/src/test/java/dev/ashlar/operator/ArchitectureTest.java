package dev.ashlar.operator;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/** Who may know whom: the arrows between the modules, and between the operator's features. */
@AnalyzeClasses(packages = "dev.ashlar", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Commands work beside the features and may use all of {@code kube}; no feature of the operator uses another, but that both kinds have a history, that what runs is asked of {@code policy}, that Secrets are {@code secret}'s, that a Site asks {@code route} for its routes, and {@code monitor} whether it answers. */
    @ArchTest
    static final ArchRule ARROWS = modules()
            .whereLayer("crds")
            .mayNotAccessAnyLayer()
            .whereLayer("images")
            .mayNotAccessAnyLayer()
            .whereLayer("kube")
            .mayOnlyAccessLayers("crds")
            .whereLayer("policy")
            .mayOnlyAccessLayers("crds", "images", "kube", "connection")
            .whereLayer("history")
            .mayOnlyAccessLayers("crds", "kube")
            .whereLayer("secret")
            .mayOnlyAccessLayers("crds", "kube")
            .whereLayer("service")
            .mayOnlyAccessLayers("crds", "kube", "history", "policy", "secret")
            .whereLayer("route")
            .mayOnlyAccessLayers("crds", "kube", "secret")
            .whereLayer("monitor")
            .mayOnlyAccessLayers("crds", "kube")
            .whereLayer("site")
            .mayOnlyAccessLayers("crds", "kube", "history", "route", "secret", "monitor");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.ashlar.operator.(*)..").should().beFreeOfCycles();

    private static LayeredArchitecture modules() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.ashlar..")
                .layer("crds")
                .definedBy("dev.ashlar.crds..")
                .layer("images")
                .definedBy("dev.ashlar.images..")
                .layer("kube")
                .definedBy("dev.ashlar.operator.kube")
                .layer("connection")
                .definedBy("dev.ashlar.operator.connection")
                .layer("policy")
                .definedBy("dev.ashlar.operator.policy")
                .layer("history")
                .definedBy("dev.ashlar.operator.history")
                .layer("secret")
                .definedBy("dev.ashlar.operator.secret")
                .layer("service")
                .definedBy("dev.ashlar.operator.service..")
                .layer("route")
                .definedBy("dev.ashlar.operator.route..")
                .layer("monitor")
                .definedBy("dev.ashlar.operator.monitor")
                .layer("site")
                .definedBy("dev.ashlar.operator.site");
    }
}
