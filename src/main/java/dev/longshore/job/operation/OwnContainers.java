package dev.longshore.job.operation;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.attempt.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A job's containers on one host, and no others. Whatever names a container, be it a status, which may have been written by
 * someone else, or a daemon, is only where to look: what is found there is the job's own if its labels say so.
 *
 * @param host whose connection is used
 */
record OwnContainers(ContainerJob job, HostKey host, String instance) {
    /** A container that is not the job's. */
    static final class Foreign extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Foreign(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The container of the attempt that is under way.
     *
     * @throws Foreign if there is one of this ID that is not
     */
    Optional<ContainerSnapshot> inspect(DockerEngine docker, String id) {
        var found = docker.inspect(id);
        if (found.isPresent() && !isOfAttempt(found.get())) {
            throw new Foreign("container " + id + " on DockerHost " + host
                    + " is ignored: its labels do not match attempt " + attempt()
                    + " of this job; check who else writes the job's status or runs containers there");
        }
        return found.filter(container -> !isGoing(container));
    }

    /** Whether it is the container of the attempt that is under way, by its labels. */
    boolean isOfAttempt(ContainerSnapshot container) {
        return JobLabels.areOf(job, attempt(), host, instance, container.labels());
    }

    /** Docker has states for what is being removed, also for what never ran: there is no result of that to wait for. */
    private static boolean isGoing(ContainerSnapshot container) {
        return container.state() == ContainerSnapshot.State.EXITED && container.startedAt() == null;
    }

    private int attempt() {
        return JobPhases.currentAttempt(job);
    }

    /**
     * Removes a container of any attempt, unless it is not the job's, or not as it was when that was decided: another
     * operator may have started it. One that is known to be the job's and to have ended need not be inspected: an ID is never
     * used again, labels never change, and the daemon itself refuses to remove one that was started again by hand.
     *
     * @param known the container as this host has reported it, if nothing has happened to it since
     * @return one that is the job's and stays
     */
    Optional<ContainerSnapshot> remove(
            DockerEngine docker, Operation.Remove remove, Optional<ContainerSnapshot> known) {
        if (remove.state() == ContainerSnapshot.State.EXITED
                && known.filter(container -> container.state() == remove.state() && mayGo(container))
                        .isPresent()
                && docker.removeEnded(remove.container())) {
            return Optional.empty();
        }
        var found = docker.inspect(remove.container()).filter(this::mayGo);
        if (found.filter(container -> container.state() == remove.state()).isPresent()) {
            docker.remove(remove.container());
            return Optional.empty();
        }
        return found;
    }

    /**
     * Removes all containers of the job but some.
     *
     * @return whether none of them stays
     */
    boolean removeAll(DockerEngine docker, Predicate<ContainerSnapshot> stays) {
        List<ContainerSnapshot> listed = docker.list(Map.of(
                JobLabels.INSTANCE,
                instance,
                JobLabels.JOB_UID,
                job.getMetadata().getUid()));
        var split = listed.stream().filter(this::mayGo).collect(Collectors.partitioningBy(stays));
        split.get(false).forEach(container -> docker.remove(container.id()));
        return split.get(true).isEmpty();
    }

    /** One that never ran may have been created through another DockerHost of the same daemon, and have taken the name since. */
    private boolean mayGo(ContainerSnapshot container) {
        var labels = container.labels();
        return JobLabels.areOf(job, instance, labels)
                && (JobLabels.name(host, labels) || container.state() == ContainerSnapshot.State.CREATED);
    }
}
