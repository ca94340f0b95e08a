package dev.longshore.job;

import java.util.Collection;

/** Who has the {@link JobEngine} look at jobs. Called from any thread; every method returns at once. */
public interface JobFrontEnd {
    /** Looks at a job soon. */
    void poke(JobKey job);

    /** The unfinished jobs that are on a host, ask for it, or may be given it. */
    Collection<JobKey> waitingFor(String host);

    /** A host has more or fewer jobs now. */
    void loadChanged(String host);
}
