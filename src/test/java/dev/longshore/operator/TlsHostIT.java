package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.testing.Certificates;
import dev.longshore.testing.Metrics;
import dev.longshore.testing.TlsDocker;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Daemons behind mutual TLS, with certificates from a Secret. */
@Execution(ExecutionMode.CONCURRENT)
class TlsHostIT {
    private static final Duration TAKEN_UP = Duration.ofSeconds(30);
    private static final Certificates AUTHORITY = new Certificates("authority");
    private static final Certificates STRANGER = new Certificates("stranger");

    private static TestOperator operator;
    private static TlsDocker docker;
    private static TlsDocker misnamed;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        docker = new TlsDocker(AUTHORITY, "127.0.0.1");
        misnamed = new TlsDocker(AUTHORITY, "docker.example.com");
        operator = new TestOperator();
    }

    @AfterAll
    static void stop() throws IOException {
        operator.close();
        docker.close();
        misnamed.close();
    }

    @Test
    void aJobRunsOverMutualTls() {
        operator.client().resource(secret("mutual", AUTHORITY, AUTHORITY)).create();
        createHost("mutual", docker, true);
        assertJobRunsOn("mutual");
    }

    @Test
    void aCorrectedSecretIsTakenUpWithoutARestart() {
        operator.client().resource(secret("corrected", STRANGER, AUTHORITY)).create();
        createHost("corrected", docker, true);
        awaitTlsInvalid("corrected", "ca.crt");
        operator.client().resource(secret("corrected", AUTHORITY, AUTHORITY)).update();
        await().atMost(TAKEN_UP).until(() -> ready("corrected").equals("Ready"));
    }

    @Test
    void aStrangersClientCertificateIsToldApart() {
        operator.client().resource(secret("stranger", AUTHORITY, STRANGER)).create();
        createHost("stranger", docker, true);
        awaitTlsInvalid("stranger", "client certificate");
    }

    @Test
    void aDaemonOfAnotherNameIsRefusedUnlessNothingIsVerified() {
        operator.client().resource(secret("named", AUTHORITY, AUTHORITY)).create();
        createHost("named", misnamed, true);
        awaitTlsInvalid("named", "different host name");
        operator.client().resource(secret("unverified", STRANGER, AUTHORITY)).create();
        createHost("unverified", misnamed, false);
        assertJobRunsOn("unverified");
    }

    @Test
    void theEarlierEndOfTheTwoCertificatesIsInTheStatusAndTheMetrics() throws Exception {
        var soon = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
        operator.client()
                .resource(secret(operator, "ending", AUTHORITY, AUTHORITY.issueUntil("client", soon)))
                .create();
        createHost("ending", docker, true);
        operator.awaitReady("ending");
        assertThat(notAfter("ending")).isEqualTo(soon);
        assertThat(metrics("ending")).isBetween(10_000.0, 10_800.0);
        try (var ends = new TlsDocker(AUTHORITY, AUTHORITY.issueUntil("127.0.0.1", soon.plusSeconds(60)))) {
            operator.client()
                    .resource(secret(operator, "served", AUTHORITY, AUTHORITY.issue("EC", "client")))
                    .create();
            createHost("served", ends, true);
            operator.awaitReady("served");
            assertThat(notAfter("served")).isEqualTo(soon.plusSeconds(60));
        }

        operator.client()
                .resource(secret(operator, "ending", AUTHORITY, AUTHORITY.issueUntil("client", soon.plusSeconds(7))))
                .update();
        await().atMost(TAKEN_UP).until(() -> notAfter("ending").equals(soon.plusSeconds(7)));
    }

    /** The alert is on the metric, which is of the status. */
    @Test
    void anExpiredCertificateIsInTheStatusAndTheMetricsWithoutAConnection() throws Exception {
        var client = AUTHORITY.expired("client");
        operator.client().resource(secret(operator, "ended", AUTHORITY, client)).create();
        createHost("ended", docker, true);
        awaitTlsInvalid("ended", "tls.crt expired on");
        assertThat(notAfter("ended"))
                .isEqualTo(client.certificate().getNotAfter().toInstant());
        await().atMost(TestOperator.SOON).until(() -> metrics("ended") < 0);

        var served = AUTHORITY.expired("127.0.0.1");
        var end = served.certificate().getNotAfter().toInstant();
        try (var ended = new TlsDocker(AUTHORITY, served)) {
            operator.client()
                    .resource(secret("ended-daemon", AUTHORITY, AUTHORITY))
                    .create();
            createHost("ended-daemon", ended, true);
            awaitTlsInvalid("ended-daemon", "the daemon's certificate expired on " + end);
            assertThat(notAfter("ended-daemon")).isEqualTo(end);
        }
    }

    private static Instant notAfter(String host) {
        return Instant.parse(operator.host(host).getStatus().tls().notAfter());
    }

    private static double metrics(String host) {
        return Metrics.scrape(operator.httpPort())
                .value("longshore_host_certificate_expiry_seconds", "host", operator.namespace() + "/" + host);
    }

    /** As with a namespace: all of it is deleted at once, and a Secret is gone first. */
    @Test
    void whatRunsOnAHostThatIsDeletedWithItsSecretIsStoppedAllTheSame() {
        var secret = operator.client()
                .resource(secret("deleted", AUTHORITY, AUTHORITY))
                .create();
        createHost("deleted", docker, true);
        operator.createJobOn("deleted", "runs", "command: [sleep, '600']\nstopSignal: SIGKILL");
        var job = operator.awaitRunning("runs");
        operator.delete(secret);
        operator.delete(operator.host("deleted"));
        operator.awaitNotReady("deleted", "SecretNotFound", "deleted");
        operator.delete(job);
        await().atMost(TestOperator.SOON).until(() -> operator.job("runs") == null);
        assertThat(Containers.of(job)).isEmpty();
        await().atMost(TestOperator.SOON).until(() -> operator.host("deleted") == null);
    }

    private static Secret secret(String name, Certificates trusted, Certificates issuer) {
        return secret(operator, name, trusted, issuer.issue("EC", "client"));
    }

    static Secret secret(TestOperator operator, String name, Certificates trusted, Certificates.Issued client) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(operator.namespace())
                .withName(name)
                .endMetadata()
                .addToStringData("ca.crt", trusted.pem())
                .addToStringData("tls.crt", client.pem())
                .addToStringData("tls.key", client.keyPem())
                .build();
    }

    /** A host and its Secret have the same name. */
    private static void createHost(String name, TlsDocker daemon, boolean verify) {
        operator.createHost(name, """
                endpoint: tcp://127.0.0.1:%d
                tls: {secretName: %s, verify: %s}
                """.formatted(daemon.port(), name, verify));
    }

    private static void assertJobRunsOn(String host) {
        operator.createJobOn(host, "on-" + host, "command: ['true']");
        assertThat(operator.awaitFinished("on-" + host).getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
    }

    private static void awaitTlsInvalid(String host, String message) {
        operator.awaitNotReady(host, "TlsInvalid", message);
    }

    /** The reason of the condition, which for a host that is ready is the same word. */
    private static String ready(String host) {
        var status = operator.host(host).getStatus();
        return status == null || status.conditions().isEmpty()
                ? ""
                : status.conditions().get(0).getReason();
    }
}
