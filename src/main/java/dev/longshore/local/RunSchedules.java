package dev.longshore.local;

/**
 * How a run runs the schedules of its manifests: until it is canceled.
 *
 * @param file null: it does not run them
 */
public record RunSchedules(ScheduleFile file, ScheduleReports reports) {
    public static final RunSchedules NONE = new RunSchedules(null, null);

    /** What is to be said of a run of schedules: one without has an end, at which all is said. */
    void warned(String message) {
        if (reports != null) {
            reports.warned(message);
        }
    }
}
