package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.NeedsRoot;
import dev.longshore.testing.OperatorProcess;
import dev.longshore.testing.SecondDaemon;
import dev.longshore.testing.StartCounter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Operators that are killed and a daemon that is restarted at random moments while jobs run. {@code bench/chaos} runs the
 * same for longer.
 */
@NeedsApiServer
@NeedsDocker
@NeedsRoot
class ChaosIT {
    private static final int JOBS = Integer.getInteger("chaos.jobs", 16);
    private static final int KILLS = Integer.getInteger("chaos.kills", 3);
    private static final int DAEMON_RESTARTS = Integer.getInteger("chaos.daemonRestarts", 1);
    private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("chaos.minutes", 3));
    private static final int SLOTS = 4;
    /** Every so many jobs one is deleted as soon as it has finished. */
    private static final int TTL_EACH = 4;

    /** Emptied by the daemon, which knows what is mounted there. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    private final ApiServer api = ApiServer.shared();
    private String namespace;
    private OperatorProcess operator;
    private ObservedJobs observed;
    private ChaosLogs logs;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void eachJobStartsOnceEachResultAndLogArrivesAndTheSlotsHold() throws IOException {
        var seed = Long.getLong("seed", System.nanoTime());
        System.out.println("chaos: -Dseed=" + seed);
        var random = new Random(seed);
        api.installCrds();
        namespace = api.namespace();
        try (var daemon = new SecondDaemon(folder);
                var counter = new StartCounter(daemon.client());
                var jobs = new ObservedJobs(api.client(), namespace);
                var archive = new ChaosLogs(namespace)) {
            observed = jobs;
            logs = archive;
            submit(daemon.endpoint(), random);
            operator = newOperator();
            killAndRestart(daemon, random);
            await().atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(jobs()).hasSize(JOBS).allMatch(this::isFinished));
            report(counter);
            assertInvariants(counter);
            await().atMost(LONGEST)
                    .untilAsserted(() -> assertThat(daemon.client()
                                    .listContainersCmd()
                                    .withShowAll(true)
                                    .exec())
                            .as("containers left")
                            .isEmpty());
            logs.assertComplete(counter.started(), observed.all());
        } finally {
            operator.close();
        }
    }

    private void killAndRestart(SecondDaemon daemon, Random random) {
        for (var kill = 0; kill < KILLS; kill++) {
            // Some die while they start, most while they work.
            assertThat(operator.endsWithin(Duration.ofMillis(500 + random.nextInt(6000))))
                    .isFalse();
            operator.kill();
            operator = newOperator();
            if (kill * DAEMON_RESTARTS / KILLS < (kill + 1) * DAEMON_RESTARTS / KILLS) {
                assertThat(operator.endsWithin(Duration.ofMillis(2500 + random.nextInt(4000))))
                        .isFalse();
                daemon.restart(random.nextBoolean());
            }
        }
    }

    private void assertInvariants(StartCounter counter) {
        assertThat(counter.starts().values()).as("starts of each container").containsOnly(1L);
        assertThat(counter.started())
                .as("containers that were started, and attempts that say so")
                .containsExactlyInAnyOrderElementsOf(attempts().keySet());
        assertThat(jobs()).as("jobs").allMatch(job -> job.getStatus().phase() == JobPhase.COMPLETED);
        assertThat(mostAtOnce()).as("most containers at once").isLessThanOrEqualTo(SLOTS);
    }

    private void submit(String endpoint, Random random) {
        api.client()
                .load(new ByteArrayInputStream("""
                        apiVersion: longshore.dev/v1
                        kind: DockerHost
                        metadata: {name: second}
                        spec: {endpoint: '%s', maxConcurrentJobs: %d}
                        """.formatted(endpoint, SLOTS).getBytes(UTF_8)))
                .inNamespace(namespace)
                .create();
        IntStream.range(0, JOBS)
                .forEach(number -> api.client()
                        .load(new ByteArrayInputStream("""
                        apiVersion: longshore.dev/v1
                        kind: ContainerJob
                        metadata: {name: job-%d}
                        spec:
                          hostRef: {name: second}
                          priority: %d
                          retry: {limit: 9, initialDelaySeconds: 1, maxDelaySeconds: 2}
                          %s
                          template:
                            image: busybox:stable
                            command: [sh, -c, '%s']
                            networkMode: none
                            stopGracePeriodSeconds: 0
                        """.formatted(
                                        number,
                                        1 + random.nextInt(5),
                                        number % TTL_EACH == 0 ? "ttlSecondsAfterFinished: 0" : "",
                                        ChaosLogs.command(number, random.nextInt(4)))
                                .getBytes(UTF_8)))
                        .inNamespace(namespace)
                        .create());
    }

    private OperatorProcess newOperator() {
        return logs.operator("chaos", namespace);
    }

    private Collection<ContainerJob> jobs() {
        return observed.all();
    }

    private boolean isFinished(ContainerJob job) {
        var deleted = job.getSpec().ttlSecondsAfterFinished() == null || observed.isGone(job);
        return deleted
                && job.getStatus() != null
                && TestOperator.condition(job, "Finished").equals("True");
    }

    private void report(StartCounter counter) {
        System.out.printf(
                "chaos: %d jobs, %d operator kills, %d daemon restarts: %d containers started, most starts of one %d,"
                        + " most at once %d of %d slots, attempts %s%n",
                JOBS,
                KILLS,
                DAEMON_RESTARTS,
                counter.started().size(),
                counter.starts().values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0),
                mostAtOnce(),
                SLOTS,
                jobs().stream()
                        .flatMap(job -> job.getStatus().attempts().stream())
                        .collect(Collectors.groupingBy(
                                attempt -> attempt.reason().value(), TreeMap::new, Collectors.counting())));
        jobs().stream()
                .filter(job -> job.getStatus().phase() != JobPhase.COMPLETED)
                .forEach(job -> System.out.println("chaos: " + job.getStatus().message()));
    }

    /** Those that were started, by the name of their container. */
    private Map<String, JobAttempt> attempts() {
        var started = new TreeMap<String, JobAttempt>();
        jobs().forEach(job -> job.getStatus().attempts().stream()
                .filter(attempt -> attempt.startedAt() != null)
                .forEach(attempt ->
                        started.put("longshore-" + job.getMetadata().getUid() + "-" + attempt.attempt(), attempt)));
        return started;
    }

    /** By the daemon's own times. */
    private int mostAtOnce() {
        var changes = new ArrayList<Map.Entry<Instant, Integer>>();
        attempts().values().forEach(attempt -> {
            changes.add(Map.entry(Instant.parse(attempt.startedAt()), 1));
            changes.add(Map.entry(Instant.parse(attempt.finishedAt()), -1));
        });
        changes.sort(Map.Entry.<Instant, Integer>comparingByKey().thenComparing(Map.Entry.comparingByValue()));
        var most = 0;
        var running = 0;
        for (var change : changes) {
            running += change.getValue();
            most = Math.max(most, running);
        }
        return most;
    }
}
