package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostJobs;
import dev.longshore.job.HostKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a job waits for, as far as the person may see it: the queue, and who holds the slots and the room of the hosts.
 *
 * @param hosts for which it waits; empty where they may not be read
 * @param line those that wait for the same hosts, in the order of their turns
 * @param holders those that have containers there
 * @param othersWaiting how many more wait there, or 0 where that is not known
 * @param othersRunning how many more run there
 * @param full how many jobs the namespace of this one runs on its host, where it may run no more; null where it may
 * @param namespace of which alone the person may list jobs; null where that is not so
 */
public record JobQueue(
        List<DockerHost> hosts,
        List<QueueEntry> line,
        List<QueueEntry> holders,
        int othersWaiting,
        int othersRunning,
        String uid,
        Integer full,
        String namespace) {
    /**
     * As far as it is known.
     *
     * @param visible jobs that wait or run, this one among them unless none may be listed
     */
    static JobQueue of(ContainerJob job, List<DockerHost> hosts, List<QueueEntry> visible, String namespace) {
        var own = QueueEntry.of(job);
        var keys = hosts.stream().map(HostKey::of).collect(Collectors.toSet());
        var holders = visible.stream()
                .filter(entry -> entry.holds() && keys.contains(entry.host()))
                .sorted(Comparator.comparing(QueueEntry::created)
                        .thenComparing(QueueEntry::namespace)
                        .thenComparing(QueueEntry::name))
                .toList();
        var waiting = visible.stream()
                .filter(entry -> entry.waits() && entry.waitsLike(own))
                .toList();
        var running = holders.stream().collect(Collectors.groupingBy(QueueEntry::namespace, Collectors.counting()));
        return new JobQueue(
                hosts,
                hosts.size() == 1 ? inOrder(hosts.get(0), waiting, running) : sorted(waiting, QueueEntry.ORDER),
                holders,
                hosts.size() == 1 ? others(hosts, HostJobs::queued, waiting.size()) : 0,
                others(hosts, HostJobs::running, holders.size()),
                own.uid(),
                hosts.size() == 1 && isFull(hosts.get(0), own, running)
                        ? Integer.valueOf(running.get(own.namespace()).intValue())
                        : null,
                namespace);
    }

    private static boolean isFull(DockerHost host, QueueEntry entry, Map<String, Long> running) {
        var most = host.getSpec().queueing().maxConcurrentJobsPerNamespace();
        return most != null && running.getOrDefault(entry.namespace(), 0L) >= most;
    }

    /** Those of namespaces that have as many running as they may are not in line. */
    private static List<QueueEntry> inOrder(DockerHost host, List<QueueEntry> waiting, Map<String, Long> running) {
        var queueing = host.getSpec().queueing();
        Function<QueueEntry, Long> has = entry -> running.getOrDefault(entry.namespace(), 0L);
        var inLine =
                waiting.stream().filter(entry -> !isFull(host, entry, running)).toList();
        return sorted(
                inLine,
                queueing.fairSharing()
                        ? Comparator.comparingInt(QueueEntry::priority)
                                .thenComparing(has)
                                .thenComparing(QueueEntry.ORDER)
                        : QueueEntry.ORDER);
    }

    private static List<QueueEntry> sorted(List<QueueEntry> entries, Comparator<QueueEntry> order) {
        return entries.stream().sorted(order).toList();
    }

    private static int others(List<DockerHost> hosts, Function<HostJobs, Integer> count, int known) {
        var all = hosts.stream()
                .filter(host -> host.getStatus() != null && host.getStatus().jobs() != null)
                .map(host -> count.apply(host.getStatus().jobs()))
                .filter(number -> number != null)
                .mapToInt(Integer::intValue)
                .sum();
        return Math.max(0, all - known);
    }

    /** From 1; empty where the job is not in line. */
    public OptionalInt position() {
        return IntStream.range(0, line.size())
                .filter(index -> line.get(index).uid().equals(uid))
                .map(index -> index + 1)
                .findFirst();
    }

    /** Those before it. */
    public List<QueueEntry> before() {
        return line.subList(0, position().orElse(1) - 1);
    }
}
