package dev.longshore.devcluster;

import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubeapitest.process.ProcessReadinessChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A kube-apiserver on loopback. kube-api-test's own connects to etcd at 0.0.0.0, which Go treats as a remote address: with
 * HTTP_PROXY or HTTPS_PROXY it would use the proxy.
 */
final class KubeApiServer {
    private final Process process;
    private final int port;

    private KubeApiServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param folder for its log */
    static KubeApiServer start(BinaryManager binaries, CertManager certificates, Etcd etcd, Path folder) {
        var port = Utils.findFreePort();
        var command = new ProcessBuilder(List.of(
                        binaries.binaries().getApiServer().getPath(),
                        // All clients are local.
                        "--bind-address=127.0.0.1",
                        "--advertise-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--etcd-servers=http://127.0.0.1:" + etcd.port(),
                        "--cert-dir=" + folder,
                        "--client-ca-file=" + certificates.getClientCertPath(),
                        "--authorization-mode=RBAC",
                        "--service-account-issuer=https://localhost",
                        "--service-account-signing-key-file=" + certificates.getAPIServerKeyPath(),
                        "--service-account-key-file=" + certificates.getAPIServerKeyPath(),
                        "--disable-admission-plugins=ServiceAccount",
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--allow-privileged"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kube-apiserver.log").toFile());
        try {
            return new KubeApiServer(command.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException("failed to start kube-apiserver: " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    /** Returns when it is ready. */
    void awaitReady(BinaryManager binaries, CertManager certificates, KubeAPIServerConfig config) {
        var readiness = new ProcessReadinessChecker();
        var left = config.getStartupTimeout();
        readiness.waitUntilReady(port, "readyz", "Kube API Server", true, left);
        readiness.waitUntilDefaultNamespaceAvailable(port, binaries, certificates, config, left);
    }

    /** @param action receives the exit code */
    void onEnd(IntConsumer action) {
        var unused = process.onExit().thenAccept(ended -> action.accept(ended.exitValue()));
    }

    /** Kills it: none of its data is kept. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
