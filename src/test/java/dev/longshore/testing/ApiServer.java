package dev.longshore.testing;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;

import dev.longshore.api.Crds;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
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

/**
 * A real API server with its etcd, one for all tests of the process. It comes from {@code KUBE_API_TEST_DIR}, from
 * an earlier download in {@code ~/.kubeapitest}, or from a download. No controllers run: nothing collects
 * owned resources and no namespace ever finishes its deletion.
 */
public final class ApiServer {
    private static final String DOWNLOADS =
            "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml";
    private static final int CONNECT_MILLIS = 5_000;
    private static final long START_SECONDS = 60;
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

    private ApiServer(String kubeconfigYaml) throws IOException {
        Path folder = Files.createTempDirectory("longshore-api-server");
        folder.toFile().deleteOnExit();
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfigYaml);
        kubeconfig.toFile().deleteOnExit();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfigYaml))
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
        for (Path file : crdFiles()) {
            try (var yaml = Files.newInputStream(file)) {
                var crd = client.load(yaml).items().get(0);
                client.resource(crd).patch(PatchContext.of(PatchType.SERVER_SIDE_APPLY));
                client.resources(CustomResourceDefinition.class)
                        .withName(crd.getMetadata().getName())
                        .waitUntilCondition(ApiServer::established, 30, TimeUnit.SECONDS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        crdsInstalled = true;
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static List<Path> crdFiles() {
        try (var files = Files.list(Crds.FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiServer start() throws IOException {
        String folder = System.getenv("KUBE_API_TEST_DIR");
        boolean here = folder != null || downloadedBefore();
        if (!here) {
            checkThatDownloadsAnswer();
        }
        KubeAPIServerConfigBuilder config =
                anAPIServerConfig().withUpdateKubeConfig(false).withOfflineMode(here);
        if (folder != null) {
            config.withTestDir(folder);
        }
        var server = new KubeAPIServer(config.build());
        // Registered first: a start that is given up halfway leaves processes too.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-api-server"));
        within(here ? START_SECONDS : DOWNLOAD_AND_START_SECONDS, () -> {
            server.start();
            return server;
        });
        return new ApiServer(server.getKubeConfigYaml());
    }

    private static void stop(KubeAPIServer server) {
        try {
            server.stop();
        } catch (RuntimeException e) {
            // It never came up: nothing is left to stop.
            System.err.println("The API server was not stopped: " + e.getMessage());
        }
    }

    private static boolean downloadedBefore() {
        Path binaries = Path.of(System.getProperty("user.home"), KubeAPIServerConfigBuilder.DIRECTORY_NAME, "k8s");
        try (var versions = Files.list(binaries)) {
            return versions.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** The download itself has no time limit on its connections. */
    private static void checkThatDownloadsAnswer() throws IOException {
        try {
            var connection = (HttpURLConnection) URI.create(DOWNLOADS).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(CONNECT_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + connection.getResponseCode());
            }
        } catch (IOException e) {
            throw new IOException(
                    "KUBE_API_TEST_DIR is not set and nothing can be had from " + DOWNLOADS + " (" + e + ")", e);
        }
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
            throw new IOException("it did not start: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
