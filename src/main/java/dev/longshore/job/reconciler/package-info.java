/**
 * The operator's front end of the engine: the JOSDK reconciler, the index of jobs, reads from the caches and the API server, and
 * writes of statuses. The only room of {@code job} that knows JOSDK. Imports {@code engine} and {@code config}. Start with
 * {@link dev.longshore.job.reconciler.ContainerJobReconciler}.
 */
package dev.longshore.job.reconciler;
