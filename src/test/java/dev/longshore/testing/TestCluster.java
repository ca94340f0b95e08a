package dev.longshore.testing;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cluster for the operator to work on: the real API server, or, where none can be had, fabric8's mock of one, which
 * checks no rule and fills in no default. One for all tests of the process.
 */
public final class TestCluster {
    private static final int MOCK_REQUEST_MILLIS = 60_000;
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private final KubernetesClient client;
    private final boolean real;

    private static final class Shared {
        private static final TestCluster CLUSTER = make();
    }

    private TestCluster(KubernetesClient client, boolean real) {
        this.client = client;
        this.real = real;
    }

    public static TestCluster shared() {
        return Shared.CLUSTER;
    }

    private static TestCluster make() {
        var missing = ApiServer.missing();
        if (missing.isEmpty() || Boolean.parseBoolean(System.getenv("LONGSHORE_REQUIRE_API_SERVER"))) {
            var server = ApiServer.shared();
            server.installCrds();
            return new TestCluster(server.client(), true);
        }
        System.err.println(
                "MOCK: the operator's tests run on fabric8's mock server, for there is no Kubernetes API server: "
                        + missing.get());
        return new TestCluster(mock(), false);
    }

    private static KubernetesClient mock() {
        var server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        List.<Class<? extends HasMetadata>>of(DockerHost.class, ContainerTemplate.class, ContainerJob.class)
                .forEach(kind -> server.expectCustomResource(kind(kind)));
        server.init();
        var client = server.createClient();
        // It may wait 30 s for a watch that its client has just closed; a request that is repeated meanwhile is
        // answered twice.
        client.getConfiguration().setRequestTimeout(MOCK_REQUEST_MILLIS);
        client.getConfiguration().setRequestRetryBackoffLimit(0);
        create(client, "default");
        return client;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static CustomResourceDefinitionContext kind(Class kind) {
        return CustomResourceDefinitionContext.fromCustomResourceType(kind);
    }

    private static void create(KubernetesClient client, String namespace) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("kubernetes.io/metadata.name", namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    public KubernetesClient client() {
        return client;
    }

    public boolean isReal() {
        return real;
    }

    /** A new namespace. */
    public String namespace() {
        var name = "jobs-" + NAMESPACES.incrementAndGet();
        create(client, name);
        return name;
    }
}
