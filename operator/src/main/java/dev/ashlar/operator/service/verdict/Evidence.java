package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.service.warning.Warnings;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;

/**
 * What the watches know beside the workload itself.
 *
 * @param pods all of the Service, those of older revisions too
 * @param claims all of the Service
 * @param warnings what the cluster warned of, about whichever object
 */
public record Evidence(Collection<Pod> pods, Collection<PersistentVolumeClaim> claims, Warnings warnings) {}
