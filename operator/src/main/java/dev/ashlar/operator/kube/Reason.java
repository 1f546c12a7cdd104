package dev.ashlar.operator.kube;

/** Why a stage is not done: one enum of a feature implements it, and the constants' names are API. */
public interface Reason {
    /** Shared by every feature: the new revision is on its way and nothing is wrong. */
    String ROLLING_OUT = "RollingOut";
    /** An image is read before it is first run, and nothing is wrong. */
    String PROVING = "Proving";

    String name();

    /** Whether all is well and only takes its time. */
    default boolean isOnTheWay() {
        return name().equals(ROLLING_OUT);
    }
}
