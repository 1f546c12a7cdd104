package dev.ashlar.crds;

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
public final class Site extends CustomResource<SiteSpec, SiteStatus> implements Namespaced {}
