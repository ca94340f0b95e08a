package dev.longshore.job;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.JobReason;

/**
 * Why an attempt failed before its container ran.
 *
 * @param effective what the attempt was to be made of
 */
public record Failure(JobReason reason, String message, ContainerTemplateSpec effective) {}
