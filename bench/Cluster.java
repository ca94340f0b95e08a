import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.devcluster.DevCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** An API server of its own with Longshore's resources in it. */
final class Cluster implements AutoCloseable {
    static final String NAMESPACE = "default";

    private final DevCluster cluster = new DevCluster();
    private final KubernetesClient client;

    Cluster() throws IOException {
        cluster.start(progress -> {});
        var config = new ConfigBuilder(
                        Config.fromKubeconfig(cluster.kubeconfig().toFile()))
                .withNamespace(NAMESPACE)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        try (var crds = Files.list(Path.of("crds"))) {
            for (var crd : crds.toList()) {
                client.load(Files.newInputStream(crd)).create();
            }
        }
        for (var crd :
                client.apiextensions().v1().customResourceDefinitions().list().getItems()) {
            client.resource(crd)
                    .waitUntilCondition(
                            now -> now != null
                                    && now.getStatus() != null
                                    && now.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Established")
                                                    && condition.getStatus().equals("True")),
                            30,
                            java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    Path kubeconfig() {
        return cluster.kubeconfig();
    }

    KubernetesClient client() {
        return client;
    }

    void createHost(String name, Path socket, int slots) {
        client.resource(Serialization.unmarshal("""
                        apiVersion: longshore.dev/v1
                        kind: DockerHost
                        metadata: {name: %s}
                        spec: {endpoint: "unix://%s", maxConcurrentJobs: %d}
                        """.formatted(name, socket, slots), DockerHost.class))
                .create();
    }

    void awaitReady(String host) {
        client.resources(DockerHost.class)
                .withName(host)
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && now.getStatus().conditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Schedulable")
                                                        && condition.getStatus().equals("True")),
                        30,
                        java.util.concurrent.TimeUnit.SECONDS);
    }

    /** How an operator outside of a cluster labels its containers. */
    String instance(String name) {
        return client.namespaces().withName("default").get().getMetadata().getUid() + "/" + name;
    }

    static ContainerJob job(String name, String host, String command) {
        return Serialization.unmarshal(yaml(name, host, command), ContainerJob.class);
    }

    /** @param command of the container, and further fields of its template */
    static String yaml(String name, String host, String command) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {name: %s}
                  template: {image: "busybox:stable", command: %s}
                """.formatted(name, host, command);
    }

    /** Forgets all jobs, whatever was to be done for them. */
    void removeJobs() throws InterruptedException {
        var all = client.resources(ContainerJob.class).list().getItems();
        inParallel(8, all.size(), n -> {
            var job = client.resource(all.get(n));
            job.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
            job.delete();
        });
    }

    /** Creates many, several at once. */
    void createJobs(int number, IntFunction<ContainerJob> job) throws InterruptedException {
        inParallel(8, number, n -> client.resource(job.apply(n)).create());
    }

    static void inParallel(int threads, int number, java.util.function.IntConsumer work) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var begun = new ArrayList<Future<?>>();
            for (var n = 0; n < number; n++) {
                var mine = n;
                begun.add(pool.submit(() -> work.accept(mine)));
            }
            for (var each : begun) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** How many requests the API server has answered so far, by what its own metrics say of their labels. */
    double requests(String... labels) {
        var text = client.raw("/metrics");
        return text.lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(line -> java.util.Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Writes of each kind so far. */
    Map<String, Double> writes() {
        var text = client.raw("/metrics");
        var writes = new java.util.TreeMap<String, Double>();
        text.lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(line -> line.matches(".*verb=\"(POST|PUT|PATCH|DELETE|APPLY)\".*"))
                .forEach(line -> writes.merge(
                        label(line, "verb") + " " + label(line, "resource") + "/" + label(line, "subresource") + " "
                                + label(line, "code"),
                        Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                        Double::sum));
        return writes;
    }

    /** Those since, for each of so many jobs. */
    String writesSince(Map<String, Double> before, int jobs) {
        var text = new StringBuilder();
        writes().forEach((kind, count) -> {
            var more = count - before.getOrDefault(kind, 0.0);
            if (more >= jobs / 20.0) {
                text.append("    %.2f a job: %s%n".formatted(more / jobs, kind));
            }
        });
        return text.toString();
    }

    private static String label(String line, String name) {
        return line.replaceFirst(".*[{,]" + name + "=\"([^\"]*)\".*", "$1");
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
