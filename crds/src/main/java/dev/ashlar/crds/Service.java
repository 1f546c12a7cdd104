package dev.ashlar.crds;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One workload, with or without a website; {@code asvc} on the command line, since {@code services} is the core kind. */
@Group("ashlar.dev")
@Version("v1alpha1")
@Plural("services")
@Singular("service")
@ShortNames("asvc")
public final class Service extends CustomResource<ServiceSpec, ServiceStatus> implements Namespaced {}
