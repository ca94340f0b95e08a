package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.Certificates;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.TlsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a daemon, of one that is there and of others. */
@NeedsApiServer
@NeedsDocker
class DoctorCommandIT {
    private static String socket() {
        return LocalDocker.shared().endpoint().uri();
    }

    @Test
    void aRealDaemonIsDescribed() {
        var result = Commands.runAsItIs("doctor", socket());
        assertThat(result.exitCode()).as(result.out() + result.err()).isLessThan(2);
        assertThat(result.out()).startsWith(socket());
        assertThat(result.row("api")).element(2).asString().contains("Longshore uses 1.4");
        assertThat(result.row("containers")).contains("ok", "can be listed, started and removed");
        assertThat(result.row("events")).contains("ok");
        assertThat(result.row("logs").get(2)).startsWith("log driver ");
        assertThat(result.row("clock")).contains("ok");
        assertThat(result.row("round trip")).contains("ok");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aRegistryThatDoesNotAnswerIsAWarning() {
        var result = Commands.runAsItIs("doctor", socket(), "--image", "localhost:1/none:1");
        assertThat(result.row("image").get(1)).isIn("warning", "note");
    }

    @Test
    void aDockerHostIsReadFromTheCluster(ApiServer server) {
        var jobs = new TestJobs(server);
        var host = new DockerHost();
        host.getMetadata().setName("box");
        host.setSpec(
                DockerHostSpecBuilder.builder().endpoint(socket()).active(false).build());
        server.client().resource(host).inNamespace(jobs.namespace()).create();
        var result = jobs.commands().run("doctor", "box");
        assertThat(result.out()).startsWith("DockerHost " + jobs.namespace() + "/box at " + socket());
        assertThat(result.row("DockerHost")).contains("note", "cordoned (spec.active: false): no job starts");
        jobs.commands().run("doctor", "bix").assertRefused("DockerHost bix not found", "did you mean box?");
    }

    @Test
    void aPortWithoutTlsIsAWarning() throws IOException {
        try (var relay = new FreezingRelay()) {
            var result = Commands.runAsItIs("doctor", relay.endpoint());
            assertThat(result.exitCode()).as(result.out()).isEqualTo(1);
            assertThat(result.row("tls")).contains("warning");
            assertThat(result.out()).contains("To mend:", "dockerd with --tlsverify");
        }
    }

    @Test
    void certificatesComeFromFiles(@TempDir Path folder) throws IOException, GeneralSecurityException {
        var authority = new Certificates("ca");
        var client = authority.issue("RSA", "client");
        var ca = Files.writeString(folder.resolve("ca.pem"), authority.pem());
        var certificate = Files.writeString(folder.resolve("cert.pem"), client.pem());
        var key = Files.writeString(folder.resolve("key.pem"), client.keyPem());
        try (var daemon = new TlsDocker(authority, "localhost")) {
            var endpoint = "tcp://localhost:" + daemon.port();
            var result = Commands.runAsItIs(
                    "doctor",
                    endpoint,
                    "--tlscacert",
                    ca.toString(),
                    "--tlscert",
                    certificate.toString(),
                    "--tlskey",
                    key.toString());
            assertThat(result.row("tls")).contains("ok", "verified, with a client certificate");
            var without = Commands.runAsItIs("doctor", endpoint);
            assertThat(without.exitCode()).isEqualTo(2);
            assertThat(without.row("connection")).contains("error");
        }
    }

    @Test
    void aProxyThatRefusesChangesIsAnError() throws IOException {
        try (var daemon = new HostileDaemon()
                .on("GET /_ping", HostileAnswers.body("200 OK", "OK"))
                .on("", (request, client) -> {
                    if (request.method().equals("GET")) {
                        HostileDaemon.usual(request, client);
                    } else {
                        HostileAnswers.body("403 Forbidden", "{\"message\": \"not allowed here\"}")
                                .to(request, client);
                    }
                })) {
            var result = Commands.runAsItIs("doctor", daemon.endpoint());
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.row("containers")).contains("error", "not allowed here");
            assertThat(result.out()).contains("allow GET, POST and DELETE on /containers");
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("longshore: " + daemon.endpoint() + ": not allowed here: allow GET,");
        }
    }

    @Test
    void whereNobodyListensIsAnError() {
        var result = Commands.runAsItIs("doctor", "unix:///nowhere/docker.sock");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.row("connection").get(1)).isEqualTo("error");
        assertThat(result.row("connection").get(2)).contains("no such socket", "podman.socket", "check the endpoint");
        assertThat(result.err())
                .startsWith("longshore: unix:///nowhere/docker.sock: no such socket")
                .hasLineCount(1);
    }

    @Test
    void whatCannotBeATargetIsRefused() {
        Commands.runAsItIs("doctor", "ssh://box").assertRefused("'ssh://box' is not an endpoint");
        Commands.runAsItIs("doctor", "tcp://box:2376", "--tlscert", "x").assertRefused("must be used together");
        Commands.runAsItIs("doctor", socket(), "--tlscacert", "x").assertRefused("a unix socket has no TLS");
        Commands.runAsItIs("doctor", socket(), "--image", "UPPER").assertRefused("invalid image reference");
        Commands.runAsItIs("doctor").assertRefused("HOST|ENDPOINT");
        Commands.runAsItIs("doctor", "team/box").assertRefused("use box -n team");
        Commands.runAsItIs("doctor", "/var/run/docker.sock")
                .assertRefused("expected a name, unix:///path or tcp://host:port");
    }
}
