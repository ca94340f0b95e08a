package dev.longshore.job;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.JobReason;

/**
 * Why an attempt failed before its container ran.
 *
 * @param effective the template that its container was to be created from
 */
public record Failure(JobReason reason, String message, ContainerTemplateSpec effective) {}
