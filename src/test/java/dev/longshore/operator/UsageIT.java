package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.Capability;
import dev.longshore.testing.Metrics;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a job used is in its status. */
@OnEachDaemon
class UsageIT {
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

    private static double seconds(String duration) {
        return Double.parseDouble(duration.replace("s", ""));
    }

    @Test
    @Shows(Capability.USAGE)
    void memoryAndCpuOfARunAreInItsStatus() {
        operator.createJob("busy", """
                command:
                - sh
                - -c
                - >-
                  x=$(head -c 30000000 /dev/zero | tr '\\0' a);
                  end=$(($(date +%s) + 4)); while [ $(date +%s) -lt $end ]; do :; done
                usage: {sampleSeconds: 1}
                """);
        operator.createJob("unseen", """
                command: [sh, -c, 'sleep 3']
                usage: {sampleSeconds: 0}
                """);
        operator.createJob("alone", """
                command: [sh, -c, 'sleep 4']
                networkMode: none
                """);
        var busy = operator.awaitFinished("busy").getStatus();
        var usage = busy.usage();
        assertThat(Quantity.getAmountInBytes(usage.peakMemory()).longValue()).isBetween(25_000_000L, 100_000_000L);
        assertThat(seconds(usage.cpuTime())).isBetween(0.5, seconds(busy.duration()) + 1);
        assertThat(Quantity.getAmountInBytes(usage.networkReceived())).isNotNegative();
        assertThat(usage.samples()).isBetween(2, (int) seconds(busy.duration()) + 1);
        assertThat(operator.awaitFinished("unseen").getStatus().usage()).isNull();
        var alone = operator.awaitFinished("alone").getStatus().usage();
        // The second may be taken along with one of the other job.
        assertThat(alone.samples()).isBetween(1, 2);
        assertThat(Metrics.scrape(operator.httpPort()).sum("longshore_docker_call_seconds_count", "call", "stats"))
                .isBetween(3.0, usage.samples() + 3.0);
    }

    @Test
    void aJobThatIsOverBeforeASampleHasNone() {
        operator.createJob("short", "command: ['true']");
        assertThat(operator.awaitFinished("short").getStatus().usage()).isNull();
    }
}
