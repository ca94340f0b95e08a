package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Removes containers of earlier attempts once their logs are written; the run does not end before that. All on the thread of the
 * run.
 */
final class EarlierContainers {
    private final Set<String> removing = new HashSet<>();
    private final RunThread thread;
    private final Runnable removed;

    /** @param removed is called after each */
    EarlierContainers(RunThread thread, Runnable removed) {
        this.thread = thread;
        this.removed = removed;
    }

    /**
     * The one that the job is bound to is removed by the engine.
     *
     * @param job nothing: it is gone
     */
    void remove(HostAccess host, ContainerSnapshot container, Optional<ContainerJob> job) {
        if (job.filter(one -> keeps(one, container)).isPresent() || !removing.add(container.id())) {
            return;
        }
        var unused = host.call(CallKind.REMOVE, docker -> {
                    docker.remove(container.id());
                    return null;
                })
                .whenComplete((done, failure) -> thread.execute(() -> {
                    removing.remove(container.id());
                    removed.run();
                }));
    }

    /**
     * What a killed process left of a job that is gone.
     *
     * @param warn is told, since nobody asked for it
     */
    void removeStray(
            HostAccess host, ContainerSnapshot container, String instance, LocalStore jobs, Consumer<String> warn) {
        var labels = container.labels();
        if (JobLabels.areComplete(labels)
                && instance.equals(labels.get(JobLabels.INSTANCE))
                && jobs.read(JobLabels.jobOf(labels)).isEmpty()) {
            warn.accept("removing container " + container.name() + ": its ContainerJob "
                    + JobLabels.jobOf(labels).name()
                    + " is of an earlier process, and no schedule in the manifests has it");
            remove(host, container, Optional.empty());
        }
    }

    private static boolean keeps(ContainerJob job, ContainerSnapshot container) {
        return container.id().equals(job.getStatus().containerID()) || !JobPhases.removesEnded(job);
    }

    boolean isDone() {
        return removing.isEmpty();
    }
}
