package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.EventSink;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggedEventsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(LoggedEvents.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<String> passedOn = new ArrayList<>();
    private final EventSink events = new LoggedEvents((regarding, type, reason, message) -> passedOn.add(reason));
    private Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(before);
    }

    private static ContainerJob job(JobPhase phase, JobReason reason, Integer exitCode) {
        var job = new ContainerJob();
        job.setMetadata(
                new ObjectMetaBuilder().withNamespace("team").withName("resize").build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(phase)
                .reason(reason)
                .exitCode(exitCode)
                .attempt(2)
                .containerID("1234")
                .host(new JobHost("pool", "build-1"))
                .build());
        return job;
    }

    private void record(ContainerJob job, String reason, String message) {
        events.record(job, EventSink.Type.NORMAL, reason, message);
    }

    @Test
    void theLifeOfAJobIsOneLineForEachTurn() {
        record(job(JobPhase.RUNNING, null, null), "Started", "container x started on DockerHost pool/build-1");
        record(job(JobPhase.PENDING, JobReason.RETRY_BACKOFF, 3), "Retrying", "attempt 2 of 3 starts at 10:00");
        record(job(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, 3), "NonZeroExit", "container exited with code 3");
        record(job(JobPhase.PENDING, JobReason.HOST_UNREACHABLE, null), "HostUnreachable", "no answer");

        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                .containsExactly(
                        "INFO Started: container x started on DockerHost pool/build-1",
                        "INFO Retrying: attempt 2 of 3 starts at 10:00",
                        "INFO Failed (NonZeroExit, exit code 3): container exited with code 3");
        assertThat(lines.list.get(2).getMDCPropertyMap())
                .isEqualTo(Map.of("namespace", "team", "job", "resize", "host", "pool/build-1", "attempt", "2"));
        assertThat(passedOn).containsExactly("Started", "Retrying", "NonZeroExit", "HostUnreachable");
    }

    @Test
    void aHostThatComesOrGoesIsALine() {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace("pool")
                .withName("build-1")
                .build());
        events.record(host, EventSink.Type.WARNING, "Unreachable", "tcp://build-1: connection refused");

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .isEqualTo("DockerHost pool/build-1 Unreachable: tcp://build-1: connection refused");
            assertThat(line.getMDCPropertyMap()).isEqualTo(Map.of("host", "pool/build-1"));
        });
    }

    @Test
    void whatADaemonSaysIsOneBoundedLine() {
        record(
                job(JobPhase.FAILED, JobReason.CREATE_FAILED, null),
                "CreateFailed",
                "no\n2026 ERROR forged" + "x".repeat(5000));

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .startsWith("Failed (CreateFailed): no 2026 ERROR forged")
                        .endsWith("…")
                        .hasSizeLessThan(400));
    }
}
