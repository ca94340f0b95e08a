package dev.longshore.job;

import dev.longshore.api.JobReason;

/** Why an attempt failed before its container ran. */
record Failure(JobReason reason, String message) {}
