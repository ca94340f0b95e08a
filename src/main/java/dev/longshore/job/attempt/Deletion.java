package dev.longshore.job.attempt;

/**
 * What of a job is not wanted any more.
 *
 * @param abandoned whether the job no longer wants the container that is being prepared
 * @param cleaned whether all containers of a job that is being deleted were removed
 */
public record Deletion(boolean abandoned, boolean cleaned) {
    static final Deletion NONE = new Deletion(false, false);

    Deletion abandoned(boolean now) {
        return new Deletion(now, cleaned);
    }
}
