package dev.longshore.testing;

import dev.longshore.api.Crds;
import dev.longshore.devcluster.DevCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A real API server with its etcd, one for all tests of the process. It comes from {@code KUBE_API_TEST_DIR}, from
 * an earlier download in {@code ~/.kubeapitest}, or from a download. No controllers run: nothing collects
 * owned resources and no namespace ever finishes its deletion.
 */
public final class ApiServer {
    private static final long DOWNLOAD_AND_START_SECONDS = 300;

    private final KubernetesClient client;
    private final Path kubeconfig;
    private final AtomicInteger namespaces = new AtomicInteger();
    private boolean crdsInstalled;

    /** Started at the first look; a failure is remembered, so that it costs its time only once. */
    private static final class Shared {
        private static final ApiServer SERVER;
        private static final String MISSING;

        static {
            ApiServer server = null;
            String missing = null;
            try {
                server = start();
            } catch (IOException e) {
                missing = e.getMessage();
            }
            SERVER = server;
            MISSING = missing;
        }
    }

    private ApiServer(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** Why there is none; empty where there is one. */
    static Optional<String> missing() {
        return Optional.ofNullable(Shared.MISSING);
    }

    /** The server of this process. */
    public static ApiServer shared() {
        if (Shared.SERVER == null) {
            throw new IllegalStateException("No API server: " + Shared.MISSING);
        }
        return Shared.SERVER;
    }

    /** A client that may do everything. Not to be closed by a test. */
    public KubernetesClient client() {
        return client;
    }

    /** A file for kubectl and other processes. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The kubectl that comes with it. */
    public static Path kubectl() throws IOException {
        var folder = System.getenv("KUBE_API_TEST_DIR");
        var binaries = folder == null ? Path.of(System.getProperty("user.home"), ".kubeapitest") : Path.of(folder);
        try (var files = Files.walk(binaries.resolve("k8s"))) {
            return files.filter(file -> file.endsWith("kubectl")).findFirst().orElseThrow();
        }
    }

    /** A new namespace. */
    public String namespace() {
        String name = "test-" + namespaces.incrementAndGet();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Installs the committed definitions at the first call. */
    public synchronized void installCrds() {
        if (crdsInstalled) {
            return;
        }
        installCrds(client, crd -> {});
        crdsInstalled = true;
    }

    /** @param change to each of the committed definitions */
    static void installCrds(KubernetesClient client, Consumer<CustomResourceDefinition> change) {
        crdFiles().forEach(file -> installCrd(client, file, change));
    }

    /** In the place of an earlier one, if there is one. */
    public static void installCrd(KubernetesClient client, Path file) {
        installCrd(client, file, crd -> {});
    }

    private static void installCrd(KubernetesClient client, Path file, Consumer<CustomResourceDefinition> change) {
        try (var yaml = Files.newInputStream(file)) {
            var crd = (CustomResourceDefinition) client.load(yaml).items().get(0);
            change.accept(crd);
            client.resource(crd)
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withForce(true)
                            .build());
            client.resources(CustomResourceDefinition.class)
                    .withName(crd.getMetadata().getName())
                    .waitUntilCondition(ApiServer::established, 30, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    public static List<Path> crdFiles() {
        try (var files = Files.list(Crds.FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiServer start() throws IOException {
        var cluster = new DevCluster();
        // Registered first: a start that is given up halfway leaves processes too.
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop-api-server"));
        within(DOWNLOAD_AND_START_SECONDS, () -> {
            cluster.start(progress -> {});
            return cluster;
        });
        return new ApiServer(cluster.kubeconfig());
    }

    private static <T> T within(long seconds, Callable<T> call) throws IOException {
        var task = new FutureTask<>(call);
        var thread = new Thread(task, "start-api-server");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it did not start within " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
