/**
 * What a container is created from: the template with the job's overrides, values from Secrets and ConfigMaps, and the
 * specification for Docker. Sizes are bounded here. Imports {@code attempt}, {@code retention} and {@code policy}. Start with
 * {@link dev.longshore.job.config.Effective}, then {@link dev.longshore.job.config.PrepareOperation}.
 */
package dev.longshore.job.config;
