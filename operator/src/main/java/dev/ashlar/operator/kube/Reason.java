package dev.ashlar.operator.kube;

/** Why a stage is not done: one enum of a feature implements it, and the constants' names are API. */
public interface Reason {
    /** The one reason that every feature shares: the new revision is on its way and nothing is wrong. */
    String ROLLING_OUT = "RollingOut";

    String name();
}
