package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.ControllerManager;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OwnApiServer;
import dev.longshore.testing.TestSchedules;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With Kubernetes' own garbage collector: what becomes of the jobs of a schedule that is deleted. */
@NeedsApiServer
@NeedsDocker
class CronOwnershipIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static OwnApiServer server;
    private static ControllerManager controllers;
    private static AutoCloseable operator;

    @BeforeAll
    static void start() {
        server = new OwnApiServer();
        var collector = ControllerManager.start(server.kubeconfig());
        Assumptions.assumeTrue(collector.isPresent(), "no kube-controller-manager in KUBE_API_TEST_DIR");
        controllers = collector.get();
        server.installCrds(crd -> {});
        operator = server.operator(
                List.of(), ProcessBuilder.Redirect.DISCARD, "--allow-unix-from", "*", "--instance", "cron-ownership");
    }

    @AfterAll
    static void stop() throws Exception {
        if (operator != null) {
            operator.close();
        }
        if (controllers != null) {
            controllers.close();
        }
        server.close();
    }

    private static void createRunning(String namespace) {
        server.createNamespace(namespace);
        server.create(namespace, """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: local}
                spec: {endpoint: '%s'}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: tick}
                spec:
                  schedule: "%s"
                  jobTemplate:
                    spec:
                      hostRef: {name: local}
                      template: {image: 'busybox:stable', command: [sleep, '600'], stopGracePeriodSeconds: 0}
                """.formatted(LocalDocker.HOST, TestSchedules.YEARLY));
        TestSchedules.makeDue(server.client(), namespace, "tick");
        await().atMost(SOON).until(() -> {
            var job = job(namespace);
            return job != null && job.getStatus().phase() == JobPhase.RUNNING;
        });
    }

    private static ContainerJob job(String namespace) {
        return server.client()
                .resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(TestSchedules.jobName("tick"))
                .get();
    }

    @ParameterizedTest
    @EnumSource(
            value = DeletionPropagation.class,
            names = {"BACKGROUND", "FOREGROUND"})
    void itsJobsGoWithIt(DeletionPropagation propagation) {
        var namespace = propagation.toString().toLowerCase(Locale.ROOT);
        createRunning(namespace);
        server.client()
                .resource(TestSchedules.get(server.client(), namespace, "tick"))
                .withPropagationPolicy(propagation)
                .delete();
        await().atMost(SOON)
                .until(() -> job(namespace) == null && TestSchedules.get(server.client(), namespace, "tick") == null);
    }

    @Test
    void orphansStay() {
        createRunning("orphan");
        server.client()
                .resource(TestSchedules.get(server.client(), "orphan", "tick"))
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
        await().atMost(SOON).until(() -> TestSchedules.get(server.client(), "orphan", "tick") == null);
        assertThat(job("orphan").getMetadata().getOwnerReferences()).isEmpty();
        assertThat(job("orphan").getStatus().phase()).isEqualTo(JobPhase.RUNNING);
        server.client().resource(job("orphan")).delete();
        await().atMost(SOON).until(() -> job("orphan") == null);
    }

    @Test
    void aNamespaceGoesWithItsSchedules() {
        createRunning("whole");
        server.client().namespaces().withName("whole").delete();
        await().atMost(SOON)
                .until(() -> server.client().namespaces().withName("whole").get() == null);
    }
}
