package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.OperatorProcess;
import dev.longshore.testing.StartCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs on the devices of src/scripts/with-daemon.sh, with operators that are killed again and again. */
@OnEachDaemon
@NeedsApiServer
class GpuJobsIT {
    private static final int KILLS = 10;
    private static final int GPUS = 4;
    private static final Duration LONGEST = Duration.ofMinutes(4);
    /** One for each of several jobs. */
    private static final List<String> REQUESTS = List.of(
            "count: 1",
            "count: 1",
            "deviceIDs: [longshore.dev/gpu=2]",
            "count: 1",
            "count: 2",
            "count: 1",
            "all: true",
            "count: 1");

    private static final int JOBS = 3 * REQUESTS.size();

    private final TestNamespace namespace = new TestNamespace();
    private final Random random = new Random(24);

    @Test
    void noGpuIsEverOfTwoJobs() {
        assumeTrue(
                System.getenv("LONGSHORE_CDI_DEVICES") != null
                        && Capability.CDI
                                .difference(LocalDocker.shared().kind())
                                .isEmpty(),
                "the daemon has no devices for tests");
        submit();
        try (var starts = new StartCounter(LocalDocker.shared().client())) {
            killAgainAndAgain();
            var jobs = namespace.jobs();
            jobs.forEach(GpuJobsIT::assertHasItsOwn);
            IntStream.range(0, GPUS).forEach(gpu -> assertNeverShared(id(gpu), jobs));
            assertThat(jobs.stream()
                            .mapToLong(job -> inUseAt(started(job), jobs))
                            .max())
                    .as("most GPUs in use at once")
                    .hasValue(GPUS);
            assertThat(jobs)
                    .extracting(job ->
                            starts.starts().get("longshore-" + job.getMetadata().getUid() + "-1"))
                    .as("starts of each job's container")
                    .containsOnly(1L);
        }
    }

    private void submit() {
        namespace.createHost("gpus", """
                endpoint: %s
                maxConcurrentJobs: 20
                policy: {allowGpus: true}
                allocatable: {gpus: [%s]}
                """.formatted(
                        LocalDocker.HOST,
                        IntStream.range(0, GPUS).mapToObj(GpuJobsIT::id).collect(Collectors.joining(", "))));
        for (var job = 0; job < JOBS; job++) {
            namespace.createJobOn(
                    "gpus", "job-" + job, """
                    command: [sh, -c, 'env | grep ^LONGSHORE_GPU | sort; sleep %d']
                    stopGracePeriodSeconds: 0
                    gpus: {%s}
                    """.formatted(1 + random.nextInt(4), REQUESTS.get(job % REQUESTS.size())));
        }
    }

    private void killAgainAndAgain() {
        var operator = newOperator();
        try {
            for (var kill = 0; kill < KILLS; kill++) {
                // Some die while they start, most while they work.
                assertThat(operator.endsWithin(Duration.ofMillis(500 + random.nextInt(6000))))
                        .isFalse();
                operator.kill();
                operator = newOperator();
            }
            await().atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(namespace.jobs())
                            .hasSize(JOBS)
                            .allMatch(job ->
                                    job.getStatus() != null && job.getStatus().phase() == JobPhase.COMPLETED));
        } finally {
            operator.close();
        }
    }

    private OperatorProcess newOperator() {
        return new OperatorProcess("gpus", namespace.namespace());
    }

    private static String id(int gpu) {
        return "longshore.dev/gpu=" + gpu;
    }

    /** As many as it requested, and in its container no others. */
    private static void assertHasItsOwn(ContainerJob job) {
        var status = job.getStatus();
        var requested = job.getSpec().template().gpus();
        assertThat(status.gpus())
                .as(job.getMetadata().getName())
                .doesNotHaveDuplicates()
                .hasSize(requested.all() != null ? GPUS : requested.count() != null ? requested.count() : 1)
                .containsAll(requested.deviceIDs());
        assertThat(status.logs().stdout().lines())
                .as(job.getMetadata().getName())
                .containsExactlyElementsOf(status.gpus().stream()
                        .map(id -> "LONGSHORE_GPU_" + id.substring(id.indexOf('=') + 1) + "=yes")
                        .sorted()
                        .toList());
    }

    /** By the daemon's own times. */
    private static void assertNeverShared(String gpu, Collection<ContainerJob> jobs) {
        var inOrder = jobs.stream()
                .filter(job -> job.getStatus().gpus().contains(gpu))
                .sorted(Comparator.comparing(GpuJobsIT::started))
                .toList();
        assertThat(inOrder).as("jobs on " + gpu).hasSizeGreaterThan(1);
        for (var next = 1; next < inOrder.size(); next++) {
            assertThat(started(inOrder.get(next)))
                    .as("start of job %d on %s", next, gpu)
                    .isAfterOrEqualTo(finished(inOrder.get(next - 1)));
        }
    }

    private static long inUseAt(Instant time, Collection<ContainerJob> jobs) {
        return jobs.stream()
                .filter(job -> !started(job).isAfter(time) && finished(job).isAfter(time))
                .mapToLong(job -> job.getStatus().gpus().size())
                .sum();
    }

    private static Instant started(ContainerJob job) {
        return Instant.parse(job.getStatus().startedAt());
    }

    private static Instant finished(ContainerJob job) {
        return Instant.parse(job.getStatus().finishedAt());
    }
}
