package dev.ashlar.images.proof;

/** Reads the list of known images that a cluster's operator judges by; the operator module provides it as a service. */
public interface DeployedList {
    /** Throws with a remedy when there is no cluster, or no list in it. */
    KnownImages read();
}
