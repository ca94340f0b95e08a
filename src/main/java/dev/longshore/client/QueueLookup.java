package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds out what a job waits for, with what the person may read: what is forbidden is left out. */
public final class QueueLookup {
    /** A selector may match any number of hosts. */
    private static final int MOST_HOSTS = 20;

    private final KubernetesClient client;

    public QueueLookup(KubernetesClient client) {
        this.client = client;
    }

    /** Nothing for a job that waits for neither a slot nor room. */
    public Optional<JobQueue> of(ContainerJob job) {
        if (!waits(job)) {
            return Optional.empty();
        }
        var hosts = hosts(job);
        var own = job.getMetadata().getNamespace();
        return Lookup.ifAllowed(() -> JobQueue.of(job, hosts, entries(job, hosts, null), null))
                .or(() -> Lookup.ifAllowed(() -> JobQueue.of(job, hosts, entries(job, hosts, own), own)))
                .or(() -> Optional.of(JobQueue.of(job, hosts, List.of(), own)));
    }

    private static boolean waits(ContainerJob job) {
        var status = job.getStatus();
        return status != null
                && JobPhases.of(job) == JobPhase.PENDING
                && (status.reason() == JobReason.WAITING_FOR_SLOT
                        || status.reason() == JobReason.INSUFFICIENT_CAPACITY
                        || status.reason() == JobReason.EXCEEDS_CAPACITY);
    }

    /** The one of an earlier attempt need not be that of the next. */
    private static Optional<HostKey> named(ContainerJob job) {
        return HostKey.of(job).filter(key -> job.getSpec().hostSelector() == null);
    }

    private List<DockerHost> hosts(ContainerJob job) {
        var named = named(job);
        if (named.isPresent()) {
            return Lookup.ifAllowed(() -> Optional.ofNullable(client.resources(DockerHost.class)
                            .inNamespace(named.get().namespace())
                            .withName(named.get().name())
                            .get()))
                    .flatMap(found -> found)
                    .map(List::of)
                    .orElse(List.of());
        }
        var selector = job.getSpec().hostSelector();
        var labels = new LabelSelectorBuilder()
                .withMatchLabels(selector.matchLabels())
                .withMatchExpressions(selector.matchExpressions())
                .build();
        var namespaces =
                selector.namespaces().isEmpty() ? List.of(job.getMetadata().getNamespace()) : selector.namespaces();
        return namespaces.stream()
                .flatMap(namespace -> Lookup.ifAllowed(() -> client.resources(DockerHost.class)
                                .inNamespace(namespace)
                                .withLabelSelector(labels)
                                .list()
                                .getItems())
                        .stream()
                        .flatMap(List::stream))
                .limit(MOST_HOSTS)
                .toList();
    }

    /** @param namespace null for all */
    private List<QueueEntry> entries(ContainerJob job, List<DockerHost> hosts, String namespace) {
        var named = named(job)
                .map(key -> new HostPattern(key.namespace(), key.name()))
                .orElse(null);
        var own = QueueEntry.of(job);
        var keys = hosts.stream().map(HostKey::of).toList();
        return JobQueryBuilder.builder()
                .namespace(namespace)
                .phases(Set.of(JobPhase.PENDING, JobPhase.RUNNING))
                .host(named)
                .build()
                .list(client, other -> {
                    var entry = QueueEntry.of(other);
                    var counts = entry.holds() ? keys.contains(entry.host()) : entry.waits() && entry.waitsLike(own);
                    return counts ? entry : null;
                })
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
