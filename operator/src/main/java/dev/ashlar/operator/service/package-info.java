/**
 * One workload: a {@link dev.ashlar.crds.Service} becomes a Deployment, a CronJob or a Job, a core Service when it has ports and a ConfigMap
 * when it has files.
 *
 * <p>{@code ServicePlan} holds everything checked and named, the {@code Service*} objects are pure functions of it, {@code Rollout}, {@code Runs} and
 * {@code PodTrouble} say how far the pods got and why not further, and {@code ServiceReconciler} puts these together. It reads Services,
 * what it made for them, and of the pods only what explains a failure.
 */
@NullMarked
package dev.ashlar.operator.service;

import org.jspecify.annotations.NullMarked;
