package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Results of containers whose logs the daemon does not give. */
@NeedsDocker
class LogTailIT {
    private static final String MESSAGE = "configured logging driver does not support reading";
    /** No result waits for its log for longer than half a minute. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    @Test
    void aLogThatCannotBeReadIsSaidToBeAndALogThatNeverComesHoldsUpNoResultAndNoHost() throws IOException {
        var unreadable = StandInDaemon.withLogs(
                StandInDaemon.answers("501 Not Implemented", "application/json", "{\"message\":\"" + MESSAGE + "\"}"));
        try (var operator = new TestOperator();
                var none = new StandInDaemon(unreadable);
                var silent = new StandInDaemon(StandInDaemon.withLogs(StandInDaemon.neverAnswers()))) {
            operator.createHost("none", "endpoint: " + none.endpoint());
            operator.createHost("silent", "endpoint: " + silent.endpoint());
            operator.createJobOn("silent", "unheard", "command: [sh, -c, 'echo heard by no one; exit 3']");
            operator.createJobOn("none", "unread", "command: [echo, unread]");

            var status = operator.awaitFinished("unread").getStatus();
            assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
            assertThat(status.logs()).isEqualTo(new JobLogs("", "", true));
            assertThat(status.message()).endsWith("failed to read log: " + MESSAGE);

            operator.awaitReason("unheard", "Starting");
            var ready = operator.host("silent").getStatus().conditions();
            await().atMost(LONGEST).until(() -> isFailed(operator.job("unheard")));
            var unread = operator.job("unheard").getStatus();
            assertThat(unread.exitCode()).isEqualTo(3);
            assertThat(unread.reason().value()).isEqualTo("NonZeroExit");
            assertThat(unread.message()).contains("failed to read log: the daemon did not send");
            assertThat(operator.host("silent").getStatus().conditions()).isEqualTo(ready);
        }
    }

    private static boolean isFailed(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().phase() == JobPhase.FAILED;
    }
}
