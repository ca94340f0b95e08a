package dev.longshore.local;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;

/** Receives what happens to schedules, on the thread of their run. */
public interface ScheduleReports {
    /** What an Event says in a cluster. */
    void reported(ContainerCronJob schedule, String message);

    /** Something that the user should mend, or know. */
    void warned(String message);

    /** A job is deleted: by its time to live, or a history limit. */
    void deleted(ContainerJob job);
}
