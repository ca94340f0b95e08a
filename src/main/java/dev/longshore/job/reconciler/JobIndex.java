package dev.longshore.job.reconciler;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.kubernetes.Agenda;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds jobs in the cache by what they refer to. */
public final class JobIndex {
    private static final String HOST = "host";
    private static final String SELECTOR = "selector";
    private static final String TEMPLATE = "template";
    private static final String ANY = "any";
    private static final String OWNER = "owner";

    private final IndexerResourceCache<ContainerJob> cache;

    JobIndex(IndexerResourceCache<ContainerJob> cache) {
        this.cache = cache;
        Function<ContainerJob, List<String>> host = job ->
                open(job) ? HostKey.of(job).stream().map(HostKey::toString).toList() : List.of();
        Function<ContainerJob, List<String>> selector =
                job -> open(job) && job.getSpec().hostSelector() != null ? List.of(ANY) : List.of();
        cache.addIndexers(
                Map.of(HOST, host, SELECTOR, selector, TEMPLATE, JobIndex::template, OWNER, JobIndex::owners));
    }

    private static boolean open(ContainerJob job) {
        return !JobPhases.finished(job) || job.isMarkedForDeletion();
    }

    private static List<String> template(ContainerJob job) {
        var template = job.getSpec().templateRef();
        return template == null || !open(job)
                ? List.of()
                : List.of(template(job.getMetadata().getNamespace(), template.name()));
    }

    private static List<String> owners(ContainerJob job) {
        return job.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .toList();
    }

    private static String template(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Unfinished jobs that are bound to a host or ask for it, and those that may be given it. */
    public Stream<ContainerJob> waitingFor(HostKey host) {
        return Stream.concat(cache.byIndex(HOST, host.toString()).stream(), cache.byIndex(SELECTOR, ANY).stream())
                .distinct();
    }

    /** Unfinished jobs that are bound to a host. */
    public Stream<ContainerJob> boundTo(HostKey host) {
        return cache.byIndex(HOST, host.toString()).stream().filter(JobPhases::bound);
    }

    /** Unfinished jobs that refer to a template. */
    Stream<ContainerJob> unfinishedOf(ContainerTemplate template) {
        var metadata = template.getMetadata();
        return cache.byIndex(TEMPLATE, template(metadata.getNamespace(), metadata.getName())).stream()
                .filter(job -> !JobPhases.finished(job));
    }

    /** Jobs whose controller has this UID. */
    public List<ContainerJob> ownedBy(String uid) {
        return cache.byIndex(OWNER, uid);
    }

    /** Those that are being deleted, or were changed since they were described. */
    Stream<ContainerJob> unsettled() {
        return cache.list()
                .filter(job -> Agenda.isUnsettled(
                        job,
                        null,
                        job.getStatus() == null ? null : job.getStatus().observedGeneration()));
    }

    /** Whichever job has a name, as the cache has it. */
    Optional<ContainerJob> get(ResourceID id) {
        return cache.get(id);
    }

    /** A job as the cache has it. */
    public Optional<ContainerJob> get(JobKey job) {
        return cache.get(new ResourceID(job.name(), job.namespace()))
                .filter(found -> found.getMetadata().getUid().equals(job.uid()));
    }

    /** The newest resourceVersion of all jobs; 0 for none, or where they are no numbers, which Kubernetes promises to nobody. */
    public long newestVersion() {
        return cache.list()
                .map(job -> job.getMetadata().getResourceVersion())
                .mapToLong(JobIndex::number)
                .max()
                .orElse(0);
    }

    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** All jobs. */
    public Stream<ContainerJob> all() {
        return cache.list();
    }
}
