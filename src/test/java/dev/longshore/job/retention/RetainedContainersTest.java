package dev.longshore.job.retention;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RetainedContainersTest {
    private static final HostKey HOST = new HostKey("team", "h");
    private static final JobKey JOB = new JobKey("team", "job", "uid");
    private static final LogState STORED = new LogState.Stored("memory:///log", 1, false);

    private final RetainedContainers retained = new RetainedContainers(() -> Duration.ZERO);

    private void stored(JobKey job, String id) {
        stored(job, HOST, id);
    }

    private void stored(JobKey job, HostKey host, String id) {
        retained.add(job, host, container(id), new LogState.Owed(null), Duration.ZERO);
        retained.get(job.uid(), id).ifPresent(one -> retained.log(one, STORED));
    }

    private static ContainerSnapshot container(String id) {
        return ContainerSnapshotBuilder.builder().id(id).name(id).build();
    }

    @Test
    void oneIsHeldUntilItsJobReportsIt() {
        stored(JOB, "c");
        assertThat(retained.holds("uid", "c")).isTrue();
        retained.reported(retained.get("uid", "c").orElseThrow());
        assertThat(retained.holds("uid", "c")).isFalse();
    }

    @Test
    void aJobOfAnotherNameThatIsGoneLetsNothingGo() {
        stored(JOB, "c");
        retained.forget(new JobKey("team", "made-up", "uid"));
        retained.forget(new JobKey("other", "job", "uid"), "c");
        assertThat(retained.holds("uid", "c")).isTrue();
        retained.forget(JOB);
        assertThat(retained.holds("uid", "c")).isFalse();
    }

    @Test
    void aDaemonHasOnlySoManyRetainedWithOneUidAndTakesNoneOfAnotherHost() {
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(RetainedContainers.class);
        lines.start();
        logger.addAppender(lines);
        try {
            for (var number = 0; number < 3 * RetainedContainers.MOST; number++) {
                stored(JOB, HOST, "made-up-" + number);
            }
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(retained.of("uid")).hasSize(RetainedContainers.MOST);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "team/h has more than 1100 ended containers with the UID of ContainerJob team/job: no more"
                                + " are kept, and no more of their logs are archived");
        assertThat(retained.takes("uid", HOST, "c")).isFalse();
        assertThat(retained.takes("other", HOST, "c")).isTrue();
        stored(JOB, new HostKey("team", "honest"), "c");
        assertThat(retained.holds("uid", "c")).isTrue();
    }
}
