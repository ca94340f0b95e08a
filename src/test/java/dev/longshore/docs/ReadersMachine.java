package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.devcluster.DevCluster;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.Certificates;
import dev.longshore.testing.TlsDocker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What someone has who follows the pages: a checkout, tools, {@code longshore dev} at work, and a daemon behind TLS. */
final class ReadersMachine implements AutoCloseable {
    private static final String EXPORT = "export KUBECONFIG=";
    private static final long LONGEST_END_SECONDS = 15;

    private final Path folder;
    private final Checkout checkout;
    private final Path devOutput;
    private final Process dev;
    private final DevCluster bare = new DevCluster();
    private final Certificates authority = new Certificates("authority");
    private final TlsDocker tlsDocker;

    ReadersMachine(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
        checkout = new Checkout(folder.resolve("longshore"));
        var target = checkout.folder().resolve("target");
        assertThat(target.resolve("longshore.jar")).as("make build").exists();
        checkout.set("JAVA_HOME", System.getProperty("java.home"));
        if (!Files.exists(target.resolve("longshore"))) {
            checkout.run("src/scripts/launcher.sh");
        }
        checkout.setPath(tools(), target, ApiServer.kubectl().getParent());
        devOutput = folder.resolve("dev.txt");
        dev = checkout.start(List.of(target.resolve("longshore").toString(), "dev"), devOutput);
        tlsDocker = new TlsDocker(authority, "localhost");
    }

    void awaitReady() throws IOException {
        bare.start(progress -> {});
        await().atMost(Duration.ofSeconds(60)).until(() -> devSaid().contains("# Press Ctrl-C") || !dev.isAlive());
        setEnvironment();
    }

    Checkout checkout() {
        return checkout;
    }

    /** What {@code longshore dev} printed. */
    String devSaid() throws IOException {
        return Files.readString(devOutput);
    }

    private void setEnvironment() throws IOException {
        checkout.set("KUBECONFIG", kubeconfig());
        // For what brings an operator of its own: a cluster that has none.
        var home = folder.resolve("home");
        Files.createDirectories(home.resolve(".kube"));
        Files.copy(bare.kubeconfig(), home.resolve(".kube/config"));
        checkout.set("HOME", home.toString());
        var keys = Files.createDirectories(folder.resolve("keys"));
        var client = authority.issue("RSA", "client");
        Files.writeString(keys.resolve("ca.pem"), authority.pem());
        Files.writeString(keys.resolve("cert.pem"), client.pem());
        Files.writeString(keys.resolve("key.pem"), client.keyPem());
        checkout.set("BUILD_1", "tcp://localhost:" + tlsDocker.port());
        checkout.set("BUILD_1_KEYS", keys.toString());
        checkout.set("DATABASE_URL", "postgres://db.example.com/work");
        checkout.set("API_KEY", "not-a-real-key");
    }

    private String kubeconfig() throws IOException {
        var said = devSaid();
        return said.lines()
                .filter(line -> line.startsWith(EXPORT))
                .map(line -> line.substring(EXPORT.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("longshore dev did not start: " + said));
    }

    private Path tools() throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        var helm = Files.writeString(tools.resolve("helm"), """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(each -> Path.of(each).toAbsolutePath().toString())
                                .collect(Collectors.joining(File.pathSeparator)),
                        HelmStandIn.class.getName()));
        assertThat(helm.toFile().setExecutable(true)).isTrue();
        return tools;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        tlsDocker.close();
        bare.close();
        dev.destroy();
        if (!dev.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
            dev.descendants().forEach(ProcessHandle::destroyForcibly);
            dev.destroyForcibly();
        }
    }
}
