package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** When jobs are created, and what they are. What no rule can say of a schedule ends in the condition Ready. */
@ValidationRule(
        value = CronFields.NO_TIME_ZONE,
        message = "TZ= and CRON_TZ= are not supported: set timeZone",
        fieldPath = ".schedule")
@ValidationRule(
        value = CronFields.KNOWN_MACRO,
        message =
                "unknown macro: expected @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually (@every and @reboot are not supported)",
        fieldPath = ".schedule")
@ValidationRule(
        value = CronFields.FIVE_FIELDS,
        message = "expected five fields: minute, hour, day of month, month and day of week",
        fieldPath = ".schedule")
@ValidationRule(
        value = CronFields.VALUES,
        message =
                "a field is malformed or out of range: minute 0-59, hour 0-23, day of month 1-31, month 1-12 or JAN-DEC, day of week 0-7 or SUN-SAT",
        fieldPath = ".schedule")
@ApiObject
@RecordBuilder
public record ContainerCronJobSpec(
        @Required
        @Size(max = 256)
        @JsonPropertyDescription(
                "Five fields of cron (minute, hour, day of month, month, day of week), or @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually.")
        String schedule,

        @Default("Etc/UTC")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("IANA name of the time zone of the schedule, such as Europe/Berlin.")
        String timeZone,

        @Default("false")
        @JsonPropertyDescription(
                "If true, no jobs are created. Jobs that were created before are not affected. After a resume, a job is created for the newest missed time, unless startingDeadlineSeconds has expired.")
        Boolean suspend,

        @Default("Allow")
        @JsonPropertyDescription(
                "What happens at a scheduled time while an earlier job is not finished. Allow: another job is created. Forbid: the time is skipped, and may still start when that job has finished. Replace: that job is canceled, and another one is created. A job that waits is not finished.")
        ConcurrencyPolicy concurrencyPolicy,

        @Min(0)
        @JsonPropertyDescription(
                "Deadline in seconds for creating a job. A scheduled time that is longer ago is missed. Of several times, only the newest is made up for. No limit if not set.")
        Integer startingDeadlineSeconds,

        @Default("3") @Min(0) @JsonPropertyDescription("Number of completed jobs to keep.")
        Integer successfulJobsHistoryLimit,

        @Default("1") @Min(0) @JsonPropertyDescription("Number of failed and canceled jobs to keep.")
        Integer failedJobsHistoryLimit,

        @Required @JsonPropertyDescription("Job to create at each scheduled time.")
        JobTemplate jobTemplate) {
    public ContainerCronJobSpec {
        timeZone = requireNonNullElse(timeZone, "Etc/UTC");
        suspend = requireNonNullElse(suspend, false);
        concurrencyPolicy = requireNonNullElse(concurrencyPolicy, ConcurrencyPolicy.ALLOW);
        successfulJobsHistoryLimit = requireNonNullElse(successfulJobsHistoryLimit, 3);
        failedJobsHistoryLimit = requireNonNullElse(failedJobsHistoryLimit, 1);
    }
}
