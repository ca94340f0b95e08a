package dev.longshore.local;

/**
 * How a run runs the schedules of its manifests: until it is canceled.
 *
 * @param file null: it does not run them
 */
public record RunSchedules(ScheduleFile file, ScheduleReports reports) {
    public static final RunSchedules NONE = new RunSchedules(null, null);
}
