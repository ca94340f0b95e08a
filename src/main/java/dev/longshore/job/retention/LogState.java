package dev.longshore.job.retention;

/** How far the log of a container that has ended is on its way to the archive. */
public sealed interface LogState {
    /** The beginning of an error after which another try follows: in a status, it says that the log is still owed. */
    String RETRYING = "log not archived yet, retrying: ";

    /** The beginning of one that is final for a container that cannot be read any more. */
    String LOST = "log lost: ";

    /** There is no archive, or the job does not want it. */
    record NotOwed() implements LogState {}

    /**
     * It is not confirmed to be in the archive.
     *
     * @param error of the last try, or null
     */
    record Owed(String error) implements LogState {}

    /**
     * It is in the archive.
     *
     * @param bytes of the object
     * @param truncated null: another process has stored it, and did not get to say
     */
    record Stored(String url, long bytes, Boolean truncated) implements LogState {}

    /** It will not get there. */
    record Lost(String error) implements LogState {}
}
