package dev.longshore.cli.daemon;

import static java.util.stream.Collectors.groupingBy;

import dev.longshore.api.ContainerJob;
import dev.longshore.client.InParallel;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.ResourceSample;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the containers of running jobs use now, from the daemons: two samples of each, a second apart. Hosts are read a few at a
 * time, each on one thread and for a bounded time; what was not read by then is missing.
 */
public final class UsageReader {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Daemons daemons;
    private final EngineFactory factory;
    private final Consumer<String> problems;

    /** @param problems receives a line for each host of which something could not be read */
    public UsageReader(Daemons daemons, EngineFactory factory, Consumer<String> problems) {
        this.daemons = daemons;
        this.factory = factory;
        this.problems = problems;
    }

    /** What was read of one host; {@code problem} is null where all was. */
    private record Answer(Map<String, ContainerUse> uses, String problem) {}

    /** A sample, and when it was taken. */
    private record Timed(ResourceSample sample, long nanos) {}

    /**
     * By the UID of the job; those whose containers do not run, and those that could not be read are missing.
     *
     * @param jobs that have a container on a host
     */
    public Map<String, ContainerUse> read(List<ContainerJob> jobs) throws InterruptedException {
        var byHost = jobs.stream()
                .collect(groupingBy(job -> HostKey.of(job.getStatus().host()), TreeMap::new, Collectors.toList()));
        var uses = new HashMap<String, ContainerUse>();
        InParallel.each(List.copyOf(byHost.keySet()), host -> read(host, byHost.get(host)), (host, answer) -> {
            uses.putAll(answer.uses());
            if (answer.problem() != null) {
                problems.accept("failed to read usage: " + answer.problem());
            }
        });
        return uses;
    }

    private Answer read(HostKey host, List<ContainerJob> jobs) {
        var uses = new HashMap<String, ContainerUse>();
        try (var engine = factory.connect(daemons.endpoint(daemons.host(host)))) {
            CallDeadline.within(LONGEST, () -> {
                sample(engine, host, jobs, uses);
                return null;
            });
            return new Answer(uses, null);
        } catch (OutOfReachException e) {
            return new Answer(uses, e.getMessage());
        } catch (DockerException e) {
            return new Answer(uses, "DockerHost " + host + ": " + e.getMessage());
        }
    }

    private static void sample(
            DockerEngine engine, HostKey host, List<ContainerJob> jobs, Map<String, ContainerUse> uses) {
        var containers = engine.list(Map.of(JobLabels.HOST, host.toString())).stream()
                .collect(Collectors.toMap(ContainerSnapshot::id, ContainerSnapshot::labels, (one, other) -> one));
        var first = new HashMap<String, Timed>();
        var began = System.nanoTime();
        for (var job : jobs) {
            // A socket's path may lead to another daemon here than where the operator is.
            var labels = containers.get(job.getStatus().containerID());
            if (labels != null && uid(job).equals(labels.get(JobLabels.JOB_UID))) {
                sample(engine, job).ifPresent(sample -> {
                    first.put(uid(job), sample);
                    uses.put(uid(job), ContainerUse.of(sample.sample()));
                });
            }
        }
        if (first.isEmpty() || !pause(BETWEEN.toNanos() - (System.nanoTime() - began))) {
            return;
        }
        for (var job : jobs) {
            var before = first.get(uid(job));
            if (before != null) {
                sample(engine, job)
                        .ifPresent(now -> uses.put(
                                uid(job),
                                ContainerUse.between(
                                        before.sample(),
                                        now.sample(),
                                        Duration.ofNanos(now.nanos() - before.nanos()))));
            }
        }
    }

    private static Optional<Timed> sample(DockerEngine engine, ContainerJob job) {
        var sample = engine.stats(job.getStatus().containerID());
        return sample.map(taken -> new Timed(taken, System.nanoTime()));
    }

    /** Whether the thread was not interrupted, as it is when the command ends. */
    private static boolean pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String uid(ContainerJob job) {
        return job.getMetadata().getUid();
    }
}
