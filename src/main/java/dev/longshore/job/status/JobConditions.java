package dev.longshore.job.status;

import dev.longshore.api.ConditionList;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The conditions that go with a phase and a reason. */
public final class JobConditions {
    static final String ACCEPTED = "Accepted";
    static final String RUNNING = "Running";
    static final String SUCCEEDED = "Succeeded";
    /** An attempt failed and another follows; since when that is so, the wait for it counts. */
    public static final String RETRYING = "Retrying";
    /** kstatus: on the way. */
    public static final String RECONCILING = "Reconciling";
    /** kstatus: will not get there. */
    static final String STALLED = "Stalled";

    /** The job cannot run as things are, and someone has to do something about it. */
    private static final Set<JobReason> NOT_ACCEPTED = EnumSet.of(
            JobReason.TEMPLATE_NOT_FOUND,
            JobReason.TEMPLATE_INACTIVE,
            JobReason.HOST_NOT_FOUND,
            JobReason.HOST_NOT_ALLOWED,
            JobReason.EXCEEDS_CAPACITY,
            JobReason.NO_MATCHING_HOST,
            JobReason.SECRET_NOT_FOUND,
            JobReason.CONFIG_MAP_NOT_FOUND,
            JobReason.POLICY_DENIED);

    private JobConditions() {}

    static List<Condition> of(ContainerJob job, JobPhase phase, JobReason reason, String message, Instant now) {
        var why = reason == null ? "Running" : reason.value();
        var finished = JobPhases.finished(phase);
        var before =
                job.getStatus() == null ? List.<Condition>of() : job.getStatus().conditions();
        var next = new ConditionList(before, job.getMetadata().getGeneration(), now);
        var accepted = !NOT_ACCEPTED.contains(reason);
        next.add(ACCEPTED, accepted, accepted ? ACCEPTED : why, accepted ? "" : message);
        next.add(RUNNING, phase == JobPhase.RUNNING, why, message);
        next.add(JobPhases.FINISHED, finished, why, message);
        next.add(SUCCEEDED, !finished ? "Unknown" : phase == JobPhase.COMPLETED ? "True" : "False", why, message);
        if (phase == JobPhase.PENDING && reason != JobReason.STARTING) {
            before.stream()
                    .filter(condition -> condition.getType().equals(RETRYING))
                    .forEach(condition -> next.add(RETRYING, "True", condition.getReason(), condition.getMessage()));
        }
        if (!finished) {
            next.add(RECONCILING, "True", why, message);
        }
        if (phase == JobPhase.FAILED) {
            next.add(STALLED, "True", why, message);
        }
        return next.toList();
    }

    /** Those of a job whose attempt failed just now, and which gets another. */
    static List<Condition> retrying(ContainerJob job, JobReason failure, String message, Instant now) {
        var next = new ArrayList<>(of(job, JobPhase.PENDING, JobReason.RETRY_BACKOFF, message, now));
        next.removeIf(condition -> condition.getType().equals(RETRYING));
        next.addAll(new ConditionList(List.of(), job.getMetadata().getGeneration(), now)
                .add(RETRYING, "True", failure.value(), message)
                .toList());
        return next;
    }

    public static Optional<String> message(ContainerJob job, String type) {
        return job.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(Condition::getMessage)
                .findFirst();
    }

    /** When a condition took on the status it has, by our clock. */
    public static Optional<Instant> since(ContainerJob job, String type) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().conditions().stream()
                        .filter(condition -> condition.getType().equals(type) && "True".equals(condition.getStatus()))
                        .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                        .findFirst();
    }
}
