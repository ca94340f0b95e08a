package dev.longshore.devcluster;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;

import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Finds etcd, kube-apiserver and kubectl in {@code KUBE_API_TEST_DIR} or {@code ~/.kubeapitest}, or downloads them there. */
final class ApiServerBinaries {
    private static final String DOWNLOADS =
            "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml";
    private static final String ADVICE = "set KUBE_API_TEST_DIR to a directory with etcd, kube-apiserver and kubectl in"
            + " k8s/VERSION-OS-ARCHITECTURE/, such as k8s/1.35.4-linux-amd64/";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int START_MILLIS = 60_000;

    private ApiServerBinaries() {}

    /**
     * @param progress receives a message before a download
     * @throws IllegalStateException with what is missing and what to do
     */
    static BinaryManager find(Consumer<String> progress) {
        var folder = folder();
        var here = isFilled(folder.resolve(BinaryManager.BINARY_LIST_DIR));
        if (!here) {
            checkThatDownloadsAnswer(folder);
            progress.accept("downloading etcd, kube-apiserver and kubectl to " + folder);
        }
        var binaries = new BinaryManager(config(folder, here));
        try {
            binaries.initAndDownloadIfRequired();
        } catch (KubeAPITestException e) {
            throw new IllegalStateException(
                    "no API server found in " + folder + ": " + e.getMessage() + "; " + ADVICE, e);
        }
        return binaries;
    }

    /** @param folder where certificates are, or binaries */
    static KubeAPIServerConfig config(Path folder, boolean offline) {
        // Everything is set here: what it reads from the environment itself, it reads as the wrong type.
        return anAPIServerConfig()
                .withTestDir(folder.toString())
                .withOfflineMode(offline)
                .withUpdateKubeConfig(false)
                .withWaitForEtcdHealthCheckOnStartup(false)
                .withStartupTimeout(START_MILLIS)
                .build();
    }

    private static Path folder() {
        var given = System.getenv(KubeAPIServerConfigBuilder.KUBE_API_TEST_DIR);
        return given == null || given.isBlank()
                ? Path.of(System.getProperty("user.home"), KubeAPIServerConfigBuilder.DIRECTORY_NAME)
                : Path.of(given).toAbsolutePath();
    }

    private static boolean isFilled(Path folder) {
        try (var versions = Files.list(folder)) {
            return versions.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** The download itself has no time limit on its connections. */
    private static void checkThatDownloadsAnswer(Path folder) {
        try {
            var connection = (HttpURLConnection) URI.create(DOWNLOADS).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(CONNECT_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + connection.getResponseCode());
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no API server found in " + folder + ", and the download failed: " + DOWNLOADS
                            + " did not respond (" + e + "); " + ADVICE,
                    e);
        }
    }
}
