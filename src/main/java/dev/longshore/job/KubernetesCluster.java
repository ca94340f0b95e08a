package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What jobs refer to, in a cluster: hosts and templates from informers, the rest by name when it is needed. */
public final class KubernetesCluster implements ClusterView {
    private final KubernetesClient client;
    private InformerEventSource<DockerHost, ContainerJob> hosts;
    private InformerEventSource<ContainerTemplate, ContainerJob> templates;

    public KubernetesCluster(KubernetesClient client) {
        this.client = client;
    }

    /** Watches hosts and templates, and has those jobs looked at that wait for one that changed. */
    List<EventSource<?, ContainerJob>> watch(EventSourceContext<ContainerJob> context, JobIndex jobs) {
        hosts = source(context, DockerHost.class, host -> jobs.waitingFor(HostKey.of(host)));
        templates = source(
                context,
                ContainerTemplate.class,
                template -> jobs
                        .of(
                                template.getMetadata().getNamespace(),
                                template.getMetadata().getName())
                        .stream()
                        .filter(job -> !JobPhases.finished(job)));
        return List.of(hosts, templates);
    }

    private static <T extends HasMetadata> InformerEventSource<T, ContainerJob> source(
            EventSourceContext<ContainerJob> context, Class<T> type, Function<T, Stream<ContainerJob>> jobs) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, ContainerJob.class)
                        .withSecondaryToPrimaryMapper(changed -> jobs.apply(changed)
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    @Override
    public Optional<DockerHost> host(String namespace, String name) {
        return hosts.get(new ResourceID(name, namespace));
    }

    @Override
    public List<DockerHost> hosts(String namespace) {
        return hosts.list(namespace, host -> true).toList();
    }

    @Override
    public Optional<ContainerTemplate> template(String namespace, String name) {
        return templates.get(new ResourceID(name, namespace));
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
