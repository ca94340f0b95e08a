package dev.longshore.chart;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.longshore.testing.LocalDocker;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** The chart's pod as a kubelet would run it, on this machine's network. */
record PodContainer(RunningImage container, int port) implements AutoCloseable {
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String SOCKET = "/var/run/docker.sock";

    static Object socketGroup() throws IOException {
        return Files.getAttribute(LocalDocker.socket().toRealPath(), "unix:gid");
    }

    /** Its operator. */
    static PodContainer of(Installation installation, String image) throws IOException {
        return of(installation, image, installation.container().getArgs().toArray(String[]::new));
    }

    static PodContainer of(Installation installation, String image, String... args) throws IOException {
        int port = freePort();
        var pod = installation.container();
        var server =
                URI.create(AuditedCluster.shared().client().getConfiguration().getMasterUrl());
        var container = LocalDocker.shared()
                .client()
                .createContainerCmd(image)
                .withUser("65532:65532")
                .withEnv(
                        "POD_NAMESPACE=" + installation.namespace(),
                        "KUBERNETES_SERVICE_HOST=" + server.getHost(),
                        "KUBERNETES_SERVICE_PORT=" + server.getPort(),
                        "LONGSHORE_HTTP_PORT=" + port)
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("host")
                        .withReadonlyRootfs(true)
                        .withTmpFs(Map.of("/tmp", ""))
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withGroupAdd(List.of(socketGroup().toString()))
                        .withMemory(Quantity.getAmountInBytes(
                                        pod.getResources().getLimits().get("memory"))
                                .longValue())
                        .withBinds(
                                Bind.parse(account(installation) + ":" + ACCOUNT + ":ro"),
                                Bind.parse(LocalDocker.socket() + ":" + SOCKET)));
        return new PodContainer(new RunningImage(container, args), port);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The files that a pod finds of its service account. */
    private static Path account(Installation installation) throws IOException {
        var client = AuditedCluster.shared().client();
        var folder = Files.createTempDirectory("longshore-account");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var token = AuditedCluster.token(client, installation.namespace(), Chart.RELEASE);
        var files = List.of(
                Files.writeString(folder.resolve("token"), token),
                Files.copy(Path.of(client.getConfiguration().getCaCertFile()), folder.resolve("ca.crt")),
                Files.writeString(folder.resolve("namespace"), installation.namespace()));
        folder.toFile().deleteOnExit();
        for (var file : files) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            file.toFile().deleteOnExit();
        }
        return folder;
    }

    boolean isReady() {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
