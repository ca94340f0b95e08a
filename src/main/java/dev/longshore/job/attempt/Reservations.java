package dev.longshore.job.attempt;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.queue.Room;
import dev.longshore.job.queue.Slots;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the containers that a host lists have of it: those that run a slot and room, those that a job is bound to and that may be started as
 * they are the room.
 *
 * @param rooms what a container holds
 */
record Reservations(
        Slots slots,
        Function<JobKey, Optional<ContainerJob>> jobs,
        BiFunction<HostKey, ContainerSnapshot, Room> rooms) {
    /**
     * All that it has.
     *
     * @param ofJobs containers of jobs that may be there
     * @param others of no such job
     */
    void listed(HostKey host, List<ContainerSnapshot> ofJobs, List<ContainerSnapshot> others) {
        for (var container : ofJobs) {
            var job = JobLabels.jobOf(container.labels());
            if (runs(container)) {
                slots.reserve(host, job, rooms.apply(host, container));
            } else if (isBound(job, container)) {
                slots.reserveRoom(host, job, rooms.apply(host, container));
            }
        }
        slots.on(host)
                .setForeign(others.stream()
                        .filter(Reservations::runs)
                        .collect(Collectors.toMap(
                                ContainerSnapshot::id,
                                container -> rooms.apply(host, container),
                                (one, other) -> one)));
    }

    private static boolean runs(ContainerSnapshot container) {
        return container.state() == ContainerSnapshot.State.RUNNING;
    }

    private boolean isBound(JobKey key, ContainerSnapshot container) {
        return container.state() == ContainerSnapshot.State.CREATED
                && jobs.apply(key)
                        .filter(job -> JobPhases.bound(job)
                                && !JobPhases.finished(job)
                                && container.id().equals(job.getStatus().containerID()))
                        .isPresent();
    }
}
