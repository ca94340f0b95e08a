package dev.longshore.job;

/** Receives each attempt of a job once, when its result is stored. Called from any thread; every method returns at once. */
public interface JobTraces extends AutoCloseable {
    JobTraces NONE = attempt -> {};

    void ended(EndedAttempt attempt);

    /** Exports what it has received, as far as that takes no longer than a moment. */
    @Override
    default void close() {}
}
