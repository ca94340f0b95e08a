package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/** What must hold whatever happens, checked at the moment at which a daemon does something, and at the end. */
final class Invariants implements Witness {
    /** One of two operators may decide so in the moment in which the other starts it. */
    private static final Set<JobReason> BEFORE_THE_START =
            EnumSet.of(JobReason.CANCEL_REQUESTED, JobReason.START_DEADLINE_EXCEEDED, JobReason.POLICY_DENIED);

    private final ToIntFunction<String> slots;
    private final BooleanSupplier overlap;
    private boolean hasOverlapped;
    private final Set<String> signaled = new HashSet<>();
    private final Set<String> lostForGoodReason = new HashSet<>();
    private final Set<String> startedAttempts = new HashSet<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<String> destroyedByHand = new HashSet<>();
    private final Set<String> deletedWithoutUs = new HashSet<>();
    private final Map<String, Integer> exits = new HashMap<>();
    private final Map<String, Duration> startedAt = new HashMap<>();
    private final Map<String, Duration> exitedAt = new HashMap<>();
    private final Map<String, Duration> ran = new HashMap<>();
    private final Schedule schedule;
    private final SimulatedArchive archive;
    /** UIDs of jobs of which an Event says so. */
    private final Set<String> lostLogs = new HashSet<>();

    private SimulatedApi api;
    private RoomInvariants room;

    /** @param archive null: there is none */
    Invariants(Schedule schedule, ToIntFunction<String> slots, BooleanSupplier overlap, SimulatedArchive archive) {
        this.archive = archive;
        this.schedule = schedule;
        this.slots = slots;
        this.overlap = overlap;
    }

    void watch(SimulatedApi jobs) {
        api = jobs;
    }

    void watch(RoomInvariants invariants) {
        room = invariants;
    }

    void stored(ContainerJob job) {
        if (job.getStatus() != null && job.getStatus().phase() == JobPhase.RUNNING) {
            assertThat(job.hasFinalizer(JobStore.FINALIZER))
                    .as(
                            "%s has its finalizer before it is said to run",
                            job.getMetadata().getName())
                    .isTrue();
        }
        if (job.getStatus() != null && job.getStatus().containerID() != null) {
            bound.add(job.getStatus().containerID());
        }
    }

    void exited(String container, int code) {
        exits.putIfAbsent(container, code);
        exitedAt.putIfAbsent(container, schedule.now().uptime());
        ran.putIfAbsent(container, schedule.now().uptime().minus(startedAt.get(container)));
    }

    void deletedWithoutUs(String job) {
        deletedWithoutUs.add(job);
    }

    void destroyedByHand(String container) {
        destroyedByHand.add(container);
    }

    void recorded(HasMetadata regarding, String reason, String message) {
        if (reason.equals("LogArchiveFailed") && message.contains("lost")) {
            lostLogs.add(regarding.getMetadata().getUid());
        }
    }

    int starts() {
        return startedAttempts.size();
    }

    @Override
    public void created(String container, ContainerSpec spec) {
        room.created(container, spec);
    }

    @Override
    public void started(String host, ContainerSnapshot container, int runningThere) {
        var attempt = attemptOf(container);
        assertThat(startedAttempts.add(attempt))
                .as("1: attempt %s starts once", attempt)
                .isTrue();
        startedAt.put(container.id(), schedule.now().uptime());
        assertThat(bound).as("1: %s is in the status before it starts", attempt).contains(container.id());
        var uid = container.labels().get(JobLabels.JOB_UID);
        var job = api.byUid(uid);
        // Of two operators one may let a deleted job go that it has read before the other has bound and started it.
        if (job.isPresent() || !overlap.getAsBoolean() && !deletedWithoutUs.contains(uid)) {
            assertThat(job.map(live -> live.getStatus().containerID()))
                    .as("1: %s is in the status when it starts", attempt)
                    .contains(container.id());
        }
        assertThat(runningThere).as("3: running on %s", host).isLessThanOrEqualTo(slots.applyAsInt(host));
        room.started(host, container);
    }

    @Override
    public void sent(String container) {
        room.sent(container);
    }

    @Override
    public void signaled(ContainerSnapshot container) {
        hasOverlapped |= overlap.getAsBoolean();
        signaled.add(container.id());
        room.signaled(container);
    }

    @Override
    public void removed(ContainerSnapshot container) {
        // An operator that was killed after it took a container back cannot say that it was never started.
        if (overlap.getAsBoolean() || container.startedAt() == null && signaled.contains(container.id())) {
            lostForGoodReason.add(container.id());
        }
        var job = api.byUid(container.labels().get(JobLabels.JOB_UID));
        checkLog(container);
        checkKept(container, job);
        if (container.startedAt() == null || job.isEmpty() || job.get().isMarkedForDeletion()) {
            return;
        }
        var attempt = JobLabels.attemptOf(container.labels());
        assertThat(job.get().getStatus().attempts())
                .as("2: the result of %s is kept before it is removed", attemptOf(container))
                .anyMatch(kept -> kept.attempt() == attempt
                        && (kept.exitCode() != null || hasOverlapped && BEFORE_THE_START.contains(kept.reason())));
    }

    /** Of one that is deleted by hand no one wants to see anything. */
    private void checkKept(ContainerSnapshot container, Optional<ContainerJob> job) {
        var kept = job.filter(one -> !one.isMarkedForDeletion()
                        && one.getStatus() != null
                        && one.getStatus().effective() != null)
                .map(one -> one.getStatus().effective().keepFailedSeconds())
                .orElse(0);
        if (kept > 0
                && container.exitCode() != null
                && container.exitCode() != 0
                && exitedAt.containsKey(container.id())) {
            var isCanceled = job.get().getStatus().reason() == JobReason.CANCEL_REQUESTED;
            assertThat(schedule.now().uptime().minus(exitedAt.get(container.id())))
                    .as("%s was kept after it failed", attemptOf(container))
                    .isGreaterThanOrEqualTo(isCanceled ? Duration.ZERO : Duration.ofSeconds(kept));
        }
    }

    private void checkLog(ContainerSnapshot container) {
        // Nobody is owed the log of one that a daemon has made up.
        if (archive != null && exitedAt.containsKey(container.id())) {
            var key = JobLabels.jobOf(container.labels());
            var log = new ArchiveKey(key.namespace(), key.name(), key.uid(), JobLabels.attemptOf(container.labels()));
            assertThat(archive.has(log) || lostLogs.contains(key.uid()) || reportsLoss(key.uid()))
                    .as("11: the log of %s is in the archive before it is removed", attemptOf(container))
                    .isTrue();
        }
    }

    private boolean reportsLoss(String uid) {
        return api.byUid(uid)
                .map(ContainerJob::getStatus)
                .map(ContainerJobStatus::logs)
                .map(JobLogs::archive)
                .map(JobLogArchive::error)
                .filter(error -> error.startsWith("log lost"))
                .isPresent();
    }

    /** Once nothing goes wrong any more and everything has had its time. */
    void atTheEnd(List<ContainerSnapshot> left) {
        api.all().forEach(this::endedAsItShould);
        assertThat(left).as("8: containers left").isEmpty();
    }

    private void endedAsItShould(ContainerJob job) {
        var name = job.getMetadata().getName();
        var status = job.getStatus();
        assertThat(status.phase())
                .as("%s is finished, not %s", name, status.reason())
                .isNotIn(JobPhase.PENDING, JobPhase.RUNNING);
        assertThat(job.getMetadata().getFinalizers())
                .as("%s is finished, and nothing has to wait for it", name)
                .isEmpty();
        if (status.exitCode() != null && status.containerID() != null) {
            assertThat(status.exitCode()).as("2: exit code of %s", name).isEqualTo(exits.get(status.containerID()));
        }
        if (status.phase() == JobPhase.COMPLETED) {
            assertThat(status.exitCode()).as("exit code of %s", name).isZero();
        }
        for (var attempt : status.attempts()) {
            if (attempt.reason() == JobReason.CONTAINER_LOST) {
                assertThat(destroyedByHand.contains(attempt.containerID())
                                || lostForGoodReason.contains(attempt.containerID()))
                        .as("1: %s is lost only because someone removed it", name)
                        .isTrue();
            }
            if (attempt.reason() == JobReason.TIMED_OUT && !schedule.hasJumped()) {
                assertThat(ran.get(attempt.containerID()))
                        .as("9: what %s had of its timeout", name)
                        .isGreaterThanOrEqualTo(
                                Duration.ofSeconds(status.effective().timeoutSeconds()));
            }
        }
        if (status.phase() == JobPhase.FAILED && status.reason() != JobReason.START_DEADLINE_EXCEEDED) {
            assertThat(status.attempt())
                    .as("attempts of %s, which ended with %s", name, status.reason())
                    .isEqualTo(status.effective().retry().limit() + 1);
        }
    }

    private static String attemptOf(ContainerSnapshot container) {
        return container.labels().get(JobLabels.JOB_UID) + "-"
                + container.labels().get(JobLabels.ATTEMPT);
    }
}
