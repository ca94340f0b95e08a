package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Endpoints at which something else answers than a daemon in good health. */
@NeedsDocker
class HostileDaemonIT {
    private static TestOperator operator;

    private final List<StandInDaemon> daemons = new ArrayList<>();

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @AfterEach
    void close() throws IOException {
        for (var daemon : daemons) {
            daemon.close();
        }
    }

    private void createHost(String name, StandInDaemon.Answer answer) throws IOException {
        var daemon = new StandInDaemon(answer);
        daemons.add(daemon);
        createHost(name, daemon.endpoint());
    }

    private static void createHost(String name, String endpoint) {
        operator.createHost(name, "endpoint: " + endpoint);
    }

    private static void awaitUnreachable(String name, String message) {
        operator.awaitNotReady(name, "Unreachable", message);
    }

    @Test
    void itsConditionSaysWhatIsWrongAndOtherHostsGoOn() throws IOException {
        createHost("garbage", StandInDaemon.raw("SSH-2.0-OpenSSH_9.2\r\n"));
        createHost("closes", StandInDaemon.raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"ApiVersion\": \"1."));
        createHost("silent", StandInDaemon.neverAnswers());
        createHost("html", StandInDaemon.answers("500 Oops", "text/html", "<html><body>Bad Gateway</body></html>"));
        createHost("json", StandInDaemon.answers("200 OK", "application/json", "{\"hello\": \"world\"}"));
        createHost("socketless", "unix:///no/such/docker.sock");
        createHost("nameless", "tcp://no-such-host.invalid:2375");
        createHost("closed", "tcp://127.0.0.1:1");

        operator.createJob("beside-them", "command: ['true']");
        assertThat(operator.awaitFinished("beside-them").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);

        awaitUnreachable("garbage", "without an HTTP response");
        awaitUnreachable("closes", "closed in the middle of a response");
        awaitUnreachable("html", "does not respond like a Docker daemon");
        awaitUnreachable("json", "does not respond like a Docker daemon");
        awaitUnreachable("socketless", "no such socket");
        awaitUnreachable("nameless", "no such host");
        awaitUnreachable("closed", "connection refused");
        awaitUnreachable("silent", "no response");
    }

    @Test
    void aJobOfSuchAHostWaitsAndSaysWhy() throws IOException {
        createHost("not-docker", StandInDaemon.raw("220 mail.example.org ESMTP\r\n"));
        operator.createJobOn("not-docker", "patient", "command: ['true']");
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.awaitReason("patient", "HostUnreachable")
                                .getStatus()
                                .message())
                        .contains("not-docker")
                        .contains("check spec.endpoint"));
    }

    @Test
    void aJobOfOneThatNeverAnswersSaysSoAtOnce() throws IOException {
        createHost("mute", StandInDaemon.neverAnswers());
        operator.createJobOn("mute", "early", "command: ['true']");
        assertThat(operator.awaitReason("early", "HostUnreachable").getStatus().message())
                .isEqualTo("DockerHost " + operator.namespace() + "/mute is not connected yet");
    }

    @Test
    void aDaemonThatKeepsNoEventStreamOpenIsNotUsedWithoutAPause() throws IOException {
        createHost("eventless", StandInDaemon.withoutEvents());
        awaitUnreachable("eventless", "event stream");
    }

    @Test
    void aDaemonThatTookUpANewerApiRunsJobsWithTheNewestThatLongshoreSpeaks() throws IOException {
        createHost("modern", StandInDaemon.modern());
        operator.createJobOn("modern", "on-modern", "command: [sh, -c, 'echo modern']");
        var job = operator.awaitFinished("on-modern");
        assertThat(job.getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(job.getStatus().logs().stdout()).isEqualTo("modern\n");
        assertThat(operator.host("modern").getStatus().engine().apiVersion()).isEqualTo("1.44");
    }

    @Test
    void aDaemonThatIsUpgradedFailsNoJob() throws IOException {
        var upgraded = new AtomicBoolean();
        createHost("upgraded", StandInDaemon.upgraded(upgraded::get, "1.44"));
        operator.awaitReady("upgraded");
        assertThat(operator.host("upgraded").getStatus().engine().apiVersion()).isEqualTo("1.41");
        upgraded.set(true);
        operator.createJobOn("upgraded", "on-upgraded", "command: ['true']");
        assertThat(operator.awaitFinished("on-upgraded").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(operator.host("upgraded").getStatus().engine().apiVersion()).isEqualTo("1.44");
    }

    @Test
    void oneThatIsUpgradedTooFarIsNotReadyAndItsJobsWait() throws IOException {
        var upgraded = new AtomicBoolean();
        createHost("too-far", StandInDaemon.upgraded(upgraded::get, "1.99"));
        operator.awaitReady("too-far");
        upgraded.set(true);
        operator.createJobOn("too-far", "on-too-far", "command: ['true']");
        operator.awaitNotReady("too-far", "UnsupportedApi", "requires API version 1.99 or later");
        operator.awaitReason("on-too-far", "HostUnreachable");
    }

    @Test
    void aDaemonThatIsTooNewIsToldFromOneThatIsAway() throws IOException {
        createHost("future", StandInDaemon.version("2.10", "1.99"));
        operator.awaitNotReady("future", "UnsupportedApi", "1.99");
    }

    /** As Podman 5.8.6 answers, but for the version. */
    @Test
    void aPodmanBeforeFiveIsTooOld() throws IOException {
        createHost("old-podman", StandInDaemon.answers("200 OK", "application/json", """
                {"Components": [{"Name": "Podman Engine", "Version": "4.3.1"}], "Version": "4.3.1", "ApiVersion": "1.41",
                 "MinAPIVersion": "1.24"}"""));
        operator.awaitNotReady("old-podman", "UnsupportedApi", "Podman 4.3.1 is not supported: upgrade to Podman 5");
    }

    @Test
    void oneThatNeverAnswersIsToldOfWithinTenSeconds() throws IOException {
        createHost("speechless", StandInDaemon.neverAnswers());
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> operator.host("speechless").getStatus(),
                        status -> status != null
                                && !status.conditions().isEmpty()
                                && status.conditions().get(0).getReason().equals("Unreachable"));
    }

    @Test
    void aListThatHasNoEndIsNotReadToTheEndAndAJobBesideItRuns() throws IOException {
        try (var daemon = new HostileDaemon()
                .on("GET /containers/json", HostileAnswers.endless("[", "{\"Id\": \"c\", \"State\": \"dead\"},"))) {
            createHost("endless", daemon.endpoint());
            awaitUnreachable("endless", "container list exceeds the limit");
            operator.createJob("beside-endless", "command: ['true']");
            assertThat(operator.awaitFinished("beside-endless").getStatus().phase())
                    .isEqualTo(JobPhase.COMPLETED);
        }
    }

    @Test
    void aContainerWithoutANameMakesNoHostUnusable() throws IOException {
        var nameless = new HashMap<String, Object>(Map.of("State", "dead"));
        nameless.put("Names", null);
        try (var daemon = new HostileDaemon().on("GET /containers/json", HostileAnswers.lists(nameless))) {
            createHost("nameless-container", daemon.endpoint());
            operator.awaitReady("nameless-container");
        }
    }
}
