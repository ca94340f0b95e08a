package dev.longshore.chart;

import static org.awaitility.Awaitility.await;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.operator.LongshoreOperator;
import dev.longshore.operator.OperatorOptions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A host whose finalizers change in the very moment in which the operator takes its own away. Only then does it read the
 * host, which is why its role holds that verb.
 */
final class ContestedHost implements Interceptor {
    private static final String OTHER = "example.com/other";

    private final Resource<DockerHost> host;

    private ContestedHost(Resource<DockerHost> host) {
        this.host = host;
    }

    static void deleteUnder(Installation installation, String namespace) {
        var host = AuditedCluster.shared()
                .client()
                .resources(DockerHost.class)
                .inNamespace(namespace)
                .withName("contested");
        try (var client = client(installation, new ContestedHost(host));
                var operator = new LongshoreOperator(client, options(installation, namespace))) {
            operator.start();
            AuditedCluster.shared().client().resource(contested(namespace)).create();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> host.get().getMetadata().getFinalizers().size() == 2);
            host.delete();
            await().atMost(Duration.ofSeconds(30)).until(() -> host.get() == null);
        }
    }

    private static DockerHost contested(String namespace) {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("contested")
                .withFinalizers(OTHER)
                .build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("tcp://127.0.0.1:9")
                .active(false)
                .build());
        return host;
    }

    private static KubernetesClient client(Installation installation, Interceptor meddler) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(installation.kubeconfig()))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("meddler", meddler))
                .build();
    }

    private static OperatorOptions options(Installation installation, String namespace) {
        return new OperatorOptions(
                Set.of(namespace),
                installation.namespace(),
                false,
                0,
                Duration.ofSeconds(5),
                Chart.RELEASE,
                Set.of("*"));
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (request.method().equals("PATCH") && request.uri().getPath().endsWith("/dockerhosts/contested")) {
            host.edit(now -> {
                if (now.isMarkedForDeletion()) {
                    now.getMetadata().setFinalizers(without(now.getMetadata().getFinalizers()));
                }
                return now;
            });
        }
    }

    private static List<String> without(List<String> finalizers) {
        return finalizers.stream().filter(name -> !name.equals(OTHER)).toList();
    }
}
