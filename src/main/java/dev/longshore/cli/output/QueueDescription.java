package dev.longshore.cli.output;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.client.JobQueue;
import dev.longshore.client.JobRequests;
import dev.longshore.client.QueueEntry;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a waiting job waits for: its place in the queue, what it requests, and who holds that. */
final class QueueDescription {
    private static final int MOST_BEFORE = 5;
    private static final int MOST_HOLDERS = 20;
    private static final String NONE = "-";

    private QueueDescription() {}

    /**
     * Adds it.
     *
     * @param queue null for a job that does not wait
     * @param effective what it is to be made from; null where that could not be read
     */
    static void add(Description text, JobQueue queue, ContainerTemplateSpec effective, Instant now) {
        if (queue == null) {
            return;
        }
        text.begin("Queue")
                .add("Position", position(queue))
                .add("Ahead", before(queue.before()))
                .add("Requests", requests(queue.hosts(), effective));
        if (!queue.hosts().isEmpty()) {
            text.table("Hosts", hosts().table(queue.hosts(), false, false));
        }
        if (!queue.holders().isEmpty()) {
            text.table(
                    "Held By",
                    holders(now)
                            .table(queue.holders().stream().limit(MOST_HOLDERS).toList(), false, false));
        }
        text.add("More", more(queue)).end();
    }

    private static String position(JobQueue queue) {
        if (queue.full() != null) {
            return "not in line: its namespace runs " + queue.full()
                    + (queue.full() == 1 ? " job" : " jobs")
                    + " here, as many as it may (spec.queueing.maxConcurrentJobsPerNamespace)";
        }
        var position = queue.position();
        return position.isPresent()
                ? position.getAsInt() + " of " + queue.line().size()
                        + (queue.namespace() == null ? "" : " in namespace " + queue.namespace())
                : null;
    }

    private static String before(List<QueueEntry> before) {
        var named = before.stream()
                .limit(MOST_BEFORE)
                .map(entry -> entry.namespace() + "/" + entry.name())
                .collect(Collectors.joining(", "));
        return before.size() > MOST_BEFORE ? named + " and " + (before.size() - MOST_BEFORE) + " more" : named;
    }

    /** Such as {@code cpu 2, memory 16Gi, GPUs 1}: what counts, the limit of the host's policy included. */
    private static String requests(List<DockerHost> hosts, ContainerTemplateSpec effective) {
        if (effective == null) {
            return null;
        }
        var policy = hosts.size() == 1 ? hosts.get(0).getSpec().policy() : null;
        var requests = JobRequests.of(effective, policy);
        var all = Stream.of(
                        part("cpu", requests.cpu()),
                        part("memory", requests.memory()),
                        part("GPUs", ContainerDescription.gpus(effective.gpus())))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "<none>" : all;
    }

    private static Optional<String> part(String name, Object amount) {
        return Optional.ofNullable(amount).map(some -> name + " " + some);
    }

    private static Columns<DockerHost> hosts() {
        return HostColumns.addRoom(new Columns<DockerHost>()
                .add("HOST", host -> HostKey.of(host).toString())
                .add("SLOTS", HostColumns::slots));
    }

    private static Columns<QueueEntry> holders(Instant now) {
        return new Columns<QueueEntry>()
                .add("NAMESPACE", QueueEntry::namespace)
                .add("NAME", QueueEntry::name)
                .add("HOST", entry -> entry.host().toString())
                .add("CPU", entry -> amount(entry.requests().cpu()))
                .add("MEMORY", entry -> amount(entry.requests().memory()))
                .add("GPUS", entry -> entry.gpus().isEmpty() ? NONE : String.join(",", entry.gpus()))
                .add("RUNNING", entry -> Ages.since(entry.startedAt(), now));
    }

    private static String amount(Quantity quantity) {
        return quantity == null ? NONE : quantity.toString();
    }

    /** Those that are not shown: too many, of namespaces that the person may not list, or with another selector. */
    private static String more(JobQueue queue) {
        var running = Math.max(0, queue.holders().size() - MOST_HOLDERS) + queue.othersRunning();
        return Stream.of(count(running, "running"), count(queue.othersWaiting(), "queued"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> count(int number, String what) {
        return number == 0
                ? Optional.empty()
                : Optional.of(number + (number == 1 ? " other job " : " other jobs ") + what);
    }
}
