package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Observed state of a schedule. */
@ApiObject
@RecordBuilder
public record ContainerCronJobStatus(
        @JsonPropertyDescription("Jobs that are not finished.")
        List<ActiveJob> active,

        @JsonPropertyDescription("Number of jobs of this schedule.")
        ScheduleJobs jobs,

        @JsonPropertyDescription("Most recent scheduled time for which a job was created.")
        String lastScheduleTime,

        @JsonPropertyDescription("Time the most recent completed job finished.")
        String lastSuccessfulTime,

        @JsonPropertyDescription("Next scheduled time. Not set while the schedule is suspended.")
        String nextScheduleTime,

        @JsonPropertyDescription("Schedule in effect.") ObservedSchedule observedSchedule,

        @JsonPropertyDescription(
                "Current conditions. Ready: the schedule and its time zone are valid. Stalled: they are not; present only while True.")
        List<Condition> conditions,

        @JsonPropertyDescription("Most recent generation of the spec that was observed.")
        Long observedGeneration) {
    public ContainerCronJobStatus {
        active = active == null ? List.of() : List.copyOf(active);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
