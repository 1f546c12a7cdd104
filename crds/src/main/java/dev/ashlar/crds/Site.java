package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A website: its domains, its content and the services that belong to it. */
@Group("ashlar.dev")
@Version("v1alpha1")
@Plural("sites")
@Singular("site")
@JsonClassDescription("A Site is a website: its domains, its content and the services that belong to it.")
@ValidationRule(
        fieldPath = ".metadata.name",
        value = "self.metadata.name.size() <= 30",
        message = "shorten the name of the site to 30 characters, so that every name made from it fits")
@ValidationRule(fieldPath = ".metadata.name", value = Rules.ROOT_LABEL, message = Rules.LABEL_SAYS)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Service.READY + ".status", type = Type.STRING)
@AdditionalPrinterColumn(name = "Message", jsonPath = Service.READY + ".message", type = Type.STRING)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", type = Type.STRING)
@AdditionalPrinterColumn(name = "Owner", jsonPath = ".spec.contact.owner", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Technical", jsonPath = ".spec.contact.technical", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class Site extends CustomResource<SiteSpec, SiteStatus> implements Namespaced {}
