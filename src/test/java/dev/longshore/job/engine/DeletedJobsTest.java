package dev.longshore.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class DeletedJobsTest {
    private static final Duration RELEASE_AFTER = Duration.ofSeconds(600);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final HostKey HOST = HostKey.parse("team/local");

    private record Timer(Duration due, Runnable task) {}

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::due));
    private final ContainerJob job = job();
    private final JobKey key = JobKey.of(job);
    private Duration uptime = Duration.ofHours(1);
    private int steps;
    private boolean removed;
    private boolean removing;
    private boolean exists;

    private final DeletedJobs jobs =
            new DeletedJobs(this::step, () -> new Moment(Instant.EPOCH.plus(uptime), uptime), new JobFrontEnd() {
                @Override
                public void enqueue(JobKey each) {}

                @Override
                public Collection<JobKey> waitingFor(HostKey host) {
                    return List.of();
                }

                @Override
                public Optional<ContainerJob> job(JobKey each) {
                    return exists ? Optional.of(job) : Optional.empty();
                }

                @Override
                public void unwanted(HostKey host, ContainerSnapshot container) {}

                @Override
                public void later(Duration wait, Runnable task) {
                    timers.add(new Timer(uptime.plus(wait), task));
                }

                @Override
                public void loadChanged(HostKey host) {}
            });

    private static ContainerJob job() {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("job")
                .withUid("uid")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .hostRef(new HostReference("local", null))
                .build());
        return job;
    }

    /** In turn a try to remove the container, which the daemon refuses, and the wait for the next. */
    private Optional<Duration> step(ContainerJob deleted, Duration releaseAfter) {
        steps++;
        removing = !removing;
        return removed ? Optional.empty() : Optional.of(removing ? releaseAfter : RETRY);
    }

    /** All timers that end within this time, and that each try to remove the container ends. */
    private void pass(Duration time) {
        var end = uptime.plus(time);
        while (!timers.isEmpty() && timers.peek().due().compareTo(end) <= 0) {
            var timer = timers.remove();
            uptime = timer.due();
            timer.task().run();
            jobs.cleanUp(key);
            assertThat(timers).hasSizeLessThanOrEqualTo(2);
        }
        uptime = end;
    }

    @Test
    void aContainerThatIsNeverRemovedIsTriedAtItsTimesAndLeavesNoTimers() {
        jobs.add(job, RELEASE_AFTER);
        jobs.cleanUp(key);
        var before = steps;

        pass(Duration.ofSeconds(1800));

        assertThat(steps - before).isBetween(600, 800);
        assertThat(jobs.has(key)).isTrue();
    }

    @Test
    void nothingIsDoneForOneThatIsCleanedUp() {
        jobs.add(job, RELEASE_AFTER);
        removed = true;
        jobs.cleanUp(key);
        var before = steps;

        pass(RELEASE_AFTER.multipliedBy(2));

        assertThat(jobs.has(key)).isFalse();
        assertThat(steps).isEqualTo(before);
        assertThat(timers).isEmpty();
    }

    @Test
    void aDeletedHostIsKeptForItNoLongerThanAnUnreachableOneIs() {
        // Someone else's finalizer has held it.
        job.getMetadata().setDeletionTimestamp(Instant.EPOCH.toString());
        jobs.add(job, RELEASE_AFTER);
        jobs.cleanUp(key);
        pass(RELEASE_AFTER.minusSeconds(1));
        assertThat(jobs.delay(HOST)).isTrue();
        assertThat(jobs.delay(HostKey.parse("team/other"))).isFalse();

        pass(Duration.ofSeconds(1));

        assertThat(jobs.delay(HOST)).isFalse();
        var before = steps;
        pass(RETRY.multipliedBy(2));
        assertThat(steps).as("still tried, for as long as the host exists").isGreaterThan(before);
    }

    @Test
    void whatWasCleanedUpBeforeItIsGoneIsNotCleanedUpAgain() {
        jobs.reconciled(key, true);

        jobs.add(job, RELEASE_AFTER);

        assertThat(jobs.has(key)).isFalse();
        assertThat(steps).isZero();
    }

    @Test
    void whatSomeoneElsesFinalizerHoldsMayHaveSomethingLeftOnAHostThatIsBack() {
        jobs.reconciled(key, true);

        assertThat(jobs.isCleaned(job)).isTrue();
        job.getMetadata().setFinalizers(List.of(JobStore.FINALIZER, "example.com/other"));
        assertThat(jobs.isCleaned(job)).isTrue();
        job.getMetadata().setFinalizers(List.of("example.com/other"));
        assertThat(jobs.isCleaned(job)).isFalse();
    }

    @Test
    void whatHasSomethingLeftOnAHostThatIsBackIsCleanedUp() {
        jobs.reconciled(key, true);
        jobs.reconciled(key, false);

        jobs.add(job, RELEASE_AFTER);

        assertThat(jobs.has(key)).isTrue();
    }

    @Test
    void anotherOfTheSameNameIsCleanedUp() {
        jobs.reconciled(new JobKey("team", "job", "before"), true);

        jobs.add(job, RELEASE_AFTER);

        assertThat(jobs.has(key)).isTrue();
    }

    @Test
    void onesWhoseDeletionIsNeverReceivedAreForgotten() {
        exists = true;
        jobs.reconciled(key, true);
        jobs.forgetMissing();
        jobs.add(job, RELEASE_AFTER);
        assertThat(steps).isZero();

        jobs.reconciled(key, true);
        exists = false;
        jobs.forgetMissing();
        jobs.add(job, RELEASE_AFTER);
        assertThat(steps).isEqualTo(1);
    }
}
