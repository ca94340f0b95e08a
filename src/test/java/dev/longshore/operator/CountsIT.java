package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateStatus;
import dev.longshore.api.DockerHost;
import dev.longshore.api.TemplateJobs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The counts in statuses are those of the jobs that exist, and a few writes for many jobs. */
class CountsIT {
    private static final int JOBS = 25;

    private static TestOperator operator;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    /** Counts what a watch of one resource receives. */
    private static final class Writes<T extends HasMetadata> implements Watcher<T> {
        private final AtomicInteger received = new AtomicInteger();

        @Override
        public void eventReceived(Action action, T resource) {
            received.incrementAndGet();
        }

        @Override
        public void onClose(WatcherException cause) {}

        int count() {
            return received.get();
        }
    }

    private static ContainerTemplateStatus template() {
        return operator.client()
                .resources(ContainerTemplate.class)
                .inNamespace(operator.namespace())
                .withName("many")
                .get()
                .getStatus();
    }

    private static <T extends HasMetadata> Watch watch(Class<T> kind, String name, Watcher<T> watcher) {
        return operator.client()
                .resources(kind)
                .inNamespace(operator.namespace())
                .withName(name)
                .watch(watcher);
    }

    @Test
    void theLastValueIsWrittenNowAndThen() {
        createTemplate();
        operator.awaitReady("local");
        await().atMost(TestOperator.SOON).until(() -> template() != null);
        var templates = new Writes<ContainerTemplate>();
        var hosts = new Writes<DockerHost>();
        var began = System.nanoTime();
        try (var one = watch(ContainerTemplate.class, "many", templates);
                var other = watch(DockerHost.class, "local", hosts)) {
            createJobs();
            awaitCounts(new TemplateJobs(JOBS, 0, JOBS, 0, 0));
            assertThat(template().averageDuration()).isNotNull();
            assertThat(template().lastFinishedAt()).isNotNull();
            awaitIdle("local");
            operator.client()
                    .resources(ContainerJob.class)
                    .inNamespace(operator.namespace())
                    .delete();
            awaitCounts(new TemplateJobs(0, 0, 0, 0, 0));
        }
        assertThat(template().averageDuration()).isNull();
        assertThat(template().lastFinishedAt()).isNull();
        // And what the watch begins with, and the last write.
        var seconds = (int) Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(templates.count()).isBetween(2, seconds / 5 + 3);
        assertThat(hosts.count()).isBetween(2, seconds + 3);
    }

    private static void createTemplate() {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata:
                  name: many
                spec:
                  image: busybox:stable
                  command: [sleep, '0.2']
                """);
    }

    private static void createJobs() {
        for (var n = 0; n < JOBS; n++) {
            operator.create("""
                    apiVersion: longshore.dev/v1
                    kind: ContainerJob
                    metadata:
                      name: many-%d
                    spec:
                      hostRef: {name: local}
                      templateRef: {name: many}
                    """.formatted(n));
        }
    }

    private static void awaitIdle(String host) {
        await().atMost(TestOperator.SOON).untilAsserted(() -> {
            var jobs = operator.host(host).getStatus().jobs();
            assertThat(jobs.running() + jobs.queued()).isZero();
        });
    }

    private static void awaitCounts(TemplateJobs jobs) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(template().jobs()).isEqualTo(jobs));
    }
}
