package dev.longshore.job.reconciler;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.config.EffectiveSize;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.TrimmedStore;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What jobs refer to, in a cluster: hosts and templates from informers, the rest by name when it is needed. */
public final class KubernetesCluster implements ClusterView {
    /** Without one, JOSDK keeps an index of its own, for which it maps each update, also those that are filtered out. */
    private static final PrimaryToSecondaryMapper<ContainerJob> UNUSED = job -> Set.of();

    private final KubernetesClient client;
    private InformerEventSource<DockerHost, ContainerJob> hosts;
    private InformerEventSource<ContainerTemplate, ContainerJob> templates;

    /** @param client reads whole resources */
    public KubernetesCluster(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Watches hosts and templates, and enqueues those jobs that wait for one that changed. Its jobs change the status
     * of either all the time, which is nothing new to them.
     *
     * @param hostChanged enqueues the jobs of a host, by its key
     */
    List<EventSource<?, ContainerJob>> watch(
            EventSourceContext<ContainerJob> context, JobIndex jobs, Consumer<HostKey> hostChanged) {
        hosts = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(DockerHost.class, ContainerJob.class)
                        .withSecondaryToPrimaryMapper(host -> {
                            hostChanged.accept(HostKey.of(host));
                            return Set.of();
                        })
                        .withOnUpdateFilter((now, before) -> isAnother(now, before)
                                || !Objects.equals(
                                        now.getMetadata().getLabels(),
                                        before.getMetadata().getLabels())
                                || !settled(now).equals(settled(before)))
                        .withPrimaryToSecondaryMapper(UNUSED)
                        .withInformerListLimit(TrimmedStore.LIST_LIMIT)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        templates = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ContainerTemplate.class, ContainerJob.class)
                        .withSecondaryToPrimaryMapper(template -> jobs.unfinishedOf(template)
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withOnUpdateFilter(KubernetesCluster::isAnother)
                        .withPrimaryToSecondaryMapper(UNUSED)
                        .withInformerListLimit(TrimmedStore.LIST_LIMIT)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        return List.of(hosts, templates);
    }

    private static boolean isAnother(HasMetadata now, HasMetadata before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getUid(), before.getMetadata().getUid());
    }

    /**
     * The part of a host's status whose change enqueues its jobs. A changed message does not. When a degraded host starts a job
     * again, the engine itself enqueues the others.
     */
    public static List<String> settled(DockerHost host) {
        var conditions = host.getStatus() == null
                ? List.<Condition>of()
                : host.getStatus().conditions();
        return conditions.stream()
                .filter(condition -> !condition.getType().equals("Degraded"))
                .map(condition -> condition.getType() + " " + condition.getStatus() + " " + condition.getReason())
                .toList();
    }

    /** Nothing, too, if another has its name. */
    @Override
    public Optional<ContainerJob> job(JobKey key) {
        return Optional.ofNullable(client.resources(ContainerJob.class)
                        .inNamespace(key.namespace())
                        .withName(key.name())
                        .get())
                .filter(job -> job.getMetadata().getUid().equals(key.uid()));
    }

    @Override
    public Optional<DockerHost> host(String namespace, String name) {
        return hosts.get(new ResourceID(name, namespace)).filter(host -> !LeftOut.isUnreadable(host));
    }

    @Override
    public List<DockerHost> hosts(String namespace) {
        return hosts.list(namespace, host -> !LeftOut.isUnreadable(host)).toList();
    }

    @Override
    public Optional<ContainerTemplate> template(String namespace, String name) {
        return templates
                .get(new ResourceID(name, namespace))
                .filter(template -> !LeftOut.isUnreadable(template))
                .flatMap(this::whole);
    }

    /** The image of a template, as far as is known without asking. */
    public Optional<String> image(String namespace, String template) {
        return templates
                .get(new ResourceID(template, namespace))
                .map(found -> found.getSpec().image());
    }

    /** A template that is kept as a stub is read when it is needed, unless it is too large to be used. */
    private Optional<ContainerTemplate> whole(ContainerTemplate template) {
        var bytes = LeftOut.specBytes(template);
        return bytes.isEmpty() || bytes.getAsLong() > EffectiveSize.MOST
                ? Optional.of(template)
                : Optional.ofNullable(client.resource(template).get());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.ofNullable(
                client.configMaps().inNamespace(namespace).withName(name).get());
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        try {
            return Optional.ofNullable(client.namespaces().withName(namespace).get())
                    .map(found -> found.getMetadata().getLabels() == null
                            ? Map.of()
                            : found.getMetadata().getLabels());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
