package dev.longshore.devcluster;

import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubeapitest.kubeconfig.KubeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * An API server with its etcd, on loopback, with certificates and data in a temporary directory. No controllers run: owned
 * resources are not garbage-collected, and deleted namespaces stay in Terminating. Its processes end with {@link #close}; if
 * this process is killed before that, they keep running.
 */
public final class DevCluster implements AutoCloseable {
    private final Path folder;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private Etcd etcd;
    private KubeApiServer apiServer;
    private boolean closed;

    public DevCluster() {
        try {
            folder = Files.createTempDirectory("longshore-dev");
        } catch (IOException e) {
            throw new UncheckedIOException("failed to create a temporary directory: " + e.getMessage(), e);
        }
    }

    /**
     * Starts it, which takes a few seconds, plus a download if the binaries are missing.
     *
     * @param progress receives a message before each slow step
     * @throws IllegalStateException if it fails, with the reason and what to do
     */
    public void start(Consumer<String> progress) {
        var binaries = ApiServerBinaries.find(progress);
        progress.accept("starting the API server");
        var certificates = new CertManager(folder.toString());
        try {
            certificates.createCertificatesIfNeeded();
            startProcesses(binaries, certificates);
            awaitReady(binaries, certificates);
            Files.writeString(
                    kubeconfig(), new KubeConfig(certificates, binaries).generateKubeConfigYaml(apiServer.port()));
        } catch (KubeAPITestException | IOException e) {
            throw new IllegalStateException("failed to start the API server: " + e.getMessage(), e);
        }
    }

    private void awaitReady(BinaryManager binaries, CertManager certificates) {
        var ready = CompletableFuture.runAsync(
                () -> apiServer.awaitReady(binaries, certificates, ApiServerBinaries.config(folder, true)));
        try {
            CompletableFuture.anyOf(ready, ended).join();
        } catch (CompletionException e) {
            throw new KubeAPITestException(e.getCause().getMessage(), e);
        }
        if (!ready.isDone()) {
            throw new KubeAPITestException(ended.join());
        }
    }

    /** Not while it is being closed, as processes started meanwhile would keep running. */
    private synchronized void startProcesses(BinaryManager binaries, CertManager certificates) {
        if (closed) {
            throw new IllegalStateException("the API server was stopped before it was ready");
        }
        etcd = Etcd.start(binaries.binaries().getEtcd(), folder);
        etcd.onEnd(() -> ended.complete("etcd exited unexpectedly"));
        apiServer = KubeApiServer.start(binaries, certificates, etcd, folder);
        apiServer.onEnd(code -> ended.complete("kube-apiserver exited unexpectedly with code " + code));
    }

    /** A kubeconfig with cluster-admin rights. */
    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** Completes with the reason when one of the processes exits. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Stops both processes and deletes all data. */
    @Override
    public synchronized void close() {
        closed = true;
        if (apiServer != null) {
            apiServer.kill();
        }
        if (etcd != null) {
            etcd.kill();
        }
        try {
            Utils.deleteDirectory(folder.toFile());
        } catch (IOException | UncheckedIOException e) {
            // It is in the directory for temporary files: the system removes it.
            return;
        }
    }
}
