import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When a watch sees each job, and its result, first. Its own thread writes; guarded by itself. */
final class Finishes implements Watcher<ContainerJob>, AutoCloseable {
    private final Set<String> observed = new HashSet<>();
    private final Map<String, Instant> added = new HashMap<>();
    private final List<Long> delays = new ArrayList<>();
    private final List<Long> startDelays = new ArrayList<>();
    private final String prefix;
    private final Runnable finished;
    private final Watch watch;
    private long first;
    private long last;

    Finishes(KubernetesClient client) {
        this(client, "", () -> {});
    }

    /**
     * @param prefix of the names of the jobs that count
     * @param finished told of each, by the watch's thread
     */
    Finishes(KubernetesClient client, String prefix, Runnable finished) {
        this.prefix = prefix;
        this.finished = finished;
        var jobs = client.resources(ContainerJob.class).inNamespace(Cluster.NAMESPACE);
        // From now on, without all that is there.
        var now = jobs.list(new ListOptionsBuilder().withLimit(1L).build())
                .getMetadata()
                .getResourceVersion();
        watch = jobs.watch(new ListOptionsBuilder().withResourceVersion(now).build(), this);
    }

    @Override
    public synchronized void eventReceived(Action action, ContainerJob job) {
        var now = Instant.now();
        if (!job.getMetadata().getName().startsWith(prefix)) {
            return;
        }
        if (action == Action.ADDED) {
            first = first == 0 ? System.nanoTime() : first;
            added.put(job.getMetadata().getUid(), now);
        }
        if (action != Action.MODIFIED
                || job.getStatus() == null
                || job.getStatus().finishedAt() == null
                || job.getStatus().phase() == JobPhase.PENDING
                || !observed.add(job.getMetadata().getUid())) {
            return;
        }
        last = System.nanoTime();
        delays.add(Duration.between(Instant.parse(job.getStatus().finishedAt()), now)
                .toMillis());
        var since = added.remove(job.getMetadata().getUid());
        if (since != null && job.getStatus().startedAt() != null) {
            startDelays.add(
                    Duration.between(since, Instant.parse(job.getStatus().startedAt()))
                            .toMillis());
        }
        finished.run();
        notifyAll();
    }

    /** When the first job was seen, as {@link System#nanoTime}. */
    synchronized long first() {
        return first;
    }

    /** Waits until so many have finished; the time, as {@link System#nanoTime}, at which the last one was seen. */
    synchronized long await(int jobs, Duration longest) throws InterruptedException {
        var until = System.nanoTime() + longest.toNanos();
        while (observed.size() < jobs) {
            var left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(
                        "only " + observed.size() + " of " + jobs + " jobs finished within " + longest);
            }
            wait(left);
        }
        return last;
    }

    String summary() {
        var sorted = delays();
        return "median %d ms, 99th %d ms, worst %d ms"
                .formatted(
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.get(sorted.size() - 1));
    }

    /** From the container's end to this watch, milliseconds, in rising order. */
    synchronized List<Long> delays() {
        return delays.stream().sorted().toList();
    }

    /** From this watch to the container's start, milliseconds, in rising order. */
    synchronized List<Long> startDelays() {
        return startDelays.stream().sorted().toList();
    }

    @Override
    public void onClose(WatcherException cause) {
        System.err.println("the watch ended: " + cause);
    }

    @Override
    public void close() {
        watch.close();
    }
}
