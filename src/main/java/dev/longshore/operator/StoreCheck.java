package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.JobKey;
import dev.longshore.job.reconciler.CachedJobs;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects that the API server's store is no longer the one that the caches were read from: etcd was wiped, or restored from a
 * snapshot. Watches that were begun before then may stay silent forever. What this process knows is outdated, so it exits, and
 * is restarted.
 *
 * <p>Threads: all is done by one of its own, which may wait for the API server.
 */
final class StoreCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCheck.class);
    private static final Duration EACH = Duration.ofSeconds(10);
    /** Looks at all jobs' metadata once in so many checks. */
    private static final int COMPARED_EACH = 60;

    /** And, where something differs, once more after so many, which is longer than a watch takes to connect again. */
    private static final int COMPARED_AGAIN = 9;

    private static final int PAGE = 500;

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final String ownNamespace;
    private final Function<JobKey, Optional<ContainerJob>> cached;
    private final LongSupplier newest;
    private final Consumer<String> end;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var result = new Thread(task, "store-check");
        result.setDaemon(true);
        return result;
    });

    private String ownUid;
    private long highest;
    private int untilCompared = COMPARED_EACH;
    /** By UID: the version that the cache had of a job, "" for none, and the one that was listed. */
    private Map<String, List<String>> differing = Map.of();

    /**
     * @param cached a job as the cache has it
     * @param newest resourceVersion in the cache, which may have grown and gone back between two checks
     * @param end ends this process, saying why
     */
    StoreCheck(
            KubernetesClient client,
            OperatorOptions options,
            Function<JobKey, Optional<ContainerJob>> cached,
            LongSupplier newest,
            Consumer<String> end) {
        this.client = client;
        this.namespaces = options.namespaces();
        this.ownNamespace = options.ownNamespace();
        this.cached = cached;
        this.newest = newest;
        this.end = end;
    }

    /** As a process ends that must do nothing more. */
    static void halt(String why) {
        LOG.error(
                "the cache does not match the API server's data store: {}: exiting, to restart with an empty cache",
                why);
        Runtime.getRuntime().halt(1);
    }

    /** @throws KubernetesClientException if a kind is not installed, or may not be listed */
    void requireKinds() {
        var one = new ListOptionsBuilder().withLimit(1L).build();
        for (var kind : CachedJobs.KINDS) {
            var all = client.resources(kind.type());
            if (namespaces.isEmpty()) {
                all.inAnyNamespace().list(one);
            } else {
                namespaces.forEach(namespace -> all.inNamespace(namespace).list(one));
            }
        }
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::checkOrWait, 0, EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void checkOrWait() {
        try {
            check().ifPresent(end);
        } catch (KubernetesClientException e) {
            // The API server or the definitions are missing: the watches wait for them, too.
            LOG.debug("failed to check the API server's data store", e);
        } catch (RuntimeException e) {
            LOG.error("failed to check the API server's data store", e);
        }
    }

    /** Why this process has to end, if it has to. */
    Optional<String> check() {
        var own = Optional.ofNullable(client.namespaces().withName(ownNamespace).get())
                .map(namespace -> namespace.getMetadata().getUid())
                .orElse("");
        if (ownUid == null) {
            ownUid = own;
        } else if (!ownUid.equals(own)) {
            return Optional.of("namespace " + ownNamespace + (own.isEmpty() ? " was deleted" : " was recreated"));
        }
        highest = Math.max(highest, newest.getAsLong());
        var version = versionNow();
        if (version < highest) {
            return Optional.of("resourceVersion went back from " + highest + " to " + version);
        }
        highest = version;
        return --untilCompared > 0 ? Optional.empty() : compare();
    }

    private long versionNow() {
        try {
            return Long.parseLong(list(anyNamespace(), 1, null).getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            // Kubernetes promises no numbers.
            return highest;
        }
    }

    private String anyNamespace() {
        return namespaces.stream().findFirst().orElse(null);
    }

    /** A watch may be late, but not for as long as it takes until the next time. */
    private Optional<String> compare() {
        var now = new HashMap<String, List<String>>();
        for (var namespace : namespaces.isEmpty() ? Collections.singleton((String) null) : namespaces) {
            compare(namespace, now);
        }
        var deaf = now.entrySet().stream()
                .filter(job -> job.getValue().equals(differing.get(job.getKey())))
                .findFirst();
        differing = now;
        untilCompared = now.isEmpty() ? COMPARED_EACH : COMPARED_AGAIN;
        return deaf.map(job -> "the watch of ContainerJobs missed a listed object (UID " + job.getKey() + ")");
    }

    private void compare(String namespace, Map<String, List<String>> differing) {
        String next = null;
        do {
            var page = list(namespace, PAGE, next);
            if (page.getItems() != null) {
                page.getItems().forEach(job -> compare(job, differing));
            }
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }

    private void compare(PartialObjectMetadata job, Map<String, List<String>> differing) {
        var metadata = job.getMetadata();
        var known = cached.apply(new JobKey(metadata.getNamespace(), metadata.getName(), metadata.getUid()))
                .map(found -> found.getMetadata().getResourceVersion())
                .orElse("");
        if (!known.equals(metadata.getResourceVersion())) {
            differing.put(metadata.getUid(), List.of(known, metadata.getResourceVersion()));
        }
    }

    private PartialObjectMetadataList list(String namespace, long limit, String next) {
        var options =
                new ListOptionsBuilder().withLimit(limit).withContinue(next).build();
        var jobs = client.resources(ContainerJob.class);
        var list = namespace == null
                ? jobs.inAnyNamespace().listAsPartialObjectMetadata(options)
                : jobs.inNamespace(namespace).listAsPartialObjectMetadata(options);
        if (list == null) {
            throw new KubernetesClientException("no response", HttpURLConnection.HTTP_UNAVAILABLE, null);
        }
        return list;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
