package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.DockerException;
import dev.longshore.api.JobPhase;
import dev.longshore.job.JobLabels;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Someone cleans a host of containers that do not run, again and again, while jobs start there. */
@NeedsDocker
@NeedsApiServer
class PruneLoopIT {
    private static final int JOBS = 20;
    private static final int PAUSE_MILLIS = 100;

    @Test
    void noJobIsLostThatWasNotStarted() {
        var removed = new AtomicInteger();
        var pruning = Executors.newSingleThreadScheduledExecutor();
        try (var operator = new TestOperator()) {
            operator.createHost();
            operator.awaitReady("local");
            pruning.scheduleWithFixedDelay(
                    () -> removed.addAndGet(prune(operator.namespace())), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            for (var number = 0; number < JOBS; number++) {
                // Long enough not to be over between the list and the removal of one that was not started.
                operator.createJob("job-" + number, "command: [sleep, '2']");
            }
            for (var number = 0; number < JOBS; number++) {
                var status = operator.awaitFinished("job-" + number).getStatus();
                assertThat(status.phase()).as(status.message()).isEqualTo(JobPhase.COMPLETED);
                assertThat(status.attempt()).isEqualTo(1);
            }
        } finally {
            pruning.shutdownNow();
        }
        assertThat(removed).hasPositiveValue();
    }

    /** Of ours alone: others use this daemon, too. */
    private static int prune(String namespace) {
        var docker = LocalDocker.shared().client();
        var created = docker.listContainersCmd()
                .withShowAll(true)
                .withStatusFilter(List.of("created"))
                .withLabelFilter(Map.of(JobLabels.NAMESPACE, namespace))
                .exec();
        var gone = 0;
        for (var container : created) {
            try {
                // Without force, as a prune does it: one that was started meanwhile stays.
                docker.removeContainerCmd(container.getId()).exec();
                gone++;
            } catch (DockerException e) {
                // It runs by now, or someone else was quicker.
                continue;
            }
        }
        return gone;
    }
}
