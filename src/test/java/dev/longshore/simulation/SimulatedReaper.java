package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.job.ContainerHolds;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.engine.JobEngine;
import dev.longshore.operator.Orphans;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Decides and acts as the reaper of the operator does. */
final class SimulatedReaper {
    private SimulatedReaper() {}

    static boolean mayGo(ContainerHolds holds, HostKey host, ContainerSnapshot container, Optional<ContainerJob> job) {
        return (Orphans.isOne(container, job) || Orphans.stays(container, job))
                && !holds.holds(host, container, job)
                && Orphans.isOne(container, job);
    }

    static CompletableFuture<Void> remove(
            SimulatedOperator operator,
            JobEngine engine,
            SimulatedHost access,
            HostKey host,
            ContainerSnapshot container,
            Optional<ContainerJob> job) {
        return access.call(CallKind.REMOVE, docker -> {
            var found = docker.inspect(container.id());
            if (found.filter(now -> now.state() != container.state()).isPresent()) {
                operator.reap(host, found.get());
                return null;
            }
            docker.remove(container.id());
            if (job.isEmpty()) {
                engine.forget(JobLabels.jobOf(container.labels()));
            }
            return null;
        });
    }
}
