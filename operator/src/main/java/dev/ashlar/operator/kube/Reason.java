package dev.ashlar.operator.kube;

import java.util.Set;

/** Why a stage is not done: one enum of a feature implements it, and the constants' names are API. */
public interface Reason {
    /** A rollout, the proof of an image, a step before the pods, a run that ends by itself, routes that the gateway does not know yet. */
    Set<String> ON_THE_WAY = Set.of("RollingOut", "Proving", "Preparing", "Running", "Routing");

    String name();

    /** Whether nothing is wrong and there is nothing to do but wait. */
    static boolean isOnTheWay(String reason) {
        return ON_THE_WAY.contains(reason);
    }
}
