/**
 * The operator's front end of schedules: the JOSDK reconciler, and reads and writes of the API server. Imports {@code engine}.
 * Start with {@link dev.longshore.cron.reconciler.ContainerCronJobReconciler}.
 */
package dev.longshore.cron.reconciler;
