package dev.longshore.cli.run;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.cli.output.JobNames;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to show of a run. Not safe for use by several threads. */
final class RunBoard {
    /**
     * A job.
     *
     * @param status null: nothing was received of it yet
     * @param since when it came to do what it does, by the uptime of this process
     */
    record Entry(String name, String host, ContainerJobStatus status, Duration since) {
        JobPhase phase() {
            return status == null ? JobPhase.PENDING : status.phase();
        }

        JobReason reason() {
            return status == null ? null : status.reason();
        }

        boolean isActive() {
            return phase() == JobPhase.RUNNING || (phase() == JobPhase.PENDING && isBeingStarted());
        }

        private boolean isBeingStarted() {
            return reason() == JobReason.PULLING_IMAGE
                    || reason() == JobReason.STARTING
                    || reason() == JobReason.RETRY_BACKOFF;
        }

        int attempt() {
            return status == null ? 1 : requireNonNullElse(status.attempt(), 1);
        }

        private boolean doesTheSame(Entry other) {
            return phase() == other.phase() && reason() == other.reason() && attempt() == other.attempt();
        }
    }

    private final JobNames names;
    private final Map<JobKey, Entry> entries = new LinkedHashMap<>();
    private final List<Entry> ended = new ArrayList<>();
    private boolean stopping;

    RunBoard(Collection<ContainerJob> jobs, JobNames names) {
        this.names = names;
        jobs.forEach(job -> entries.put(JobKey.of(job), entry(job, Duration.ZERO)));
    }

    private Entry entry(ContainerJob job, Duration now) {
        var status = job.getStatus();
        var wanted = job.getSpec() == null ? null : job.getSpec().hostRef();
        var host = status != null && status.host() != null ? status.host().name() : wanted == null ? "" : wanted.name();
        return new Entry(names.of(job), Terminal.line(host), status, now);
    }

    void changed(ContainerJob job, Duration now) {
        var before = entries.get(JobKey.of(job));
        var next = entry(job, now);
        if (before.doesTheSame(next)) {
            next = entry(job, before.since());
        }
        entries.put(JobKey.of(job), next);
        if (JobPhases.finished(next.phase()) && !JobPhases.finished(before.phase())) {
            ended.add(next);
        }
    }

    void stopping() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** All of them, in the order of the manifests. */
    Collection<Entry> entries() {
        return entries.values();
    }

    /** Those that ended since they were last taken. */
    List<Entry> takeEnded() {
        var taken = List.copyOf(ended);
        ended.clear();
        return taken;
    }
}
