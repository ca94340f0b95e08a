package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What a change of the slots has others do: collected under their lock, delivered without it. */
final class Notifications {
    private final Set<HostKey> hosts = new LinkedHashSet<>();
    private final Set<JobKey> jobs = new LinkedHashSet<>();

    /** The load of the host changed, and these jobs have to be reconciled because of it. */
    void changed(HostKey host, Set<JobKey> enqueue) {
        hosts.add(host);
        jobs.addAll(enqueue);
    }

    void deliver(Consumer<HostKey> loadChanged, Consumer<JobKey> enqueue) {
        hosts.forEach(loadChanged);
        jobs.forEach(enqueue);
    }
}
