/**
 * Decides which job a ContainerCronJob is to create, and creates it at most once for each time. Imports {@code times}.
 * Start with {@link dev.longshore.cron.engine.CronEngine}.
 */
package dev.longshore.cron.engine;
