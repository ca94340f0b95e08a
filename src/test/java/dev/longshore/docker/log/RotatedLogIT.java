package dev.longshore.docker.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.docker.dockerjava.EngineUnderTest;
import dev.longshore.testing.Capability;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logs that the daemon rotates while they are copied. */
@OnEachDaemon
@Shows(Capability.LOG_ROTATED)
class RotatedLogIT {
    private static final LogQuery FOLLOW = new LogQuery(true, null, null);

    private static EngineUnderTest test;
    private static LocalDocker docker;

    private final LogCopy copy = new LogCopy();

    @BeforeAll
    static void connect(LocalDocker local) {
        docker = local;
        test = new EngineUnderTest(local);
    }

    @AfterAll
    static void removeAll() {
        test.close();
    }

    private static ContainerLog log(String container) {
        return log(container, docker.endpoint());
    }

    private static ContainerLog log(String container, Endpoint endpoint) {
        return new ContainerLog(new DockerJavaEngineFactory(), endpoint, container, test.labels());
    }

    /** What is thrown away before it was read may be noticed, and need not be: see {@link LogSpotCheck}. */
    @Test
    void ofALogThatIsRotatedFasterThanItIsSentTheEndIsShownAndNoLineTwice(LocalDocker docker) {
        var container = rotated(
                docker, "echo first; sleep 1; i=0; while [ $i -lt 40000 ]; do echo $i; i=$((i+1)); done; sleep 2");
        log(container).copy(FOLLOW, copy);
        assertThat(copy.out()).endsWith("\n39999\n");
        assertThat(copy.out().lines()).doesNotHaveDuplicates();
        if (copy.out().lines().count() == 40_001) {
            assertThat(copy.gaps).isZero();
        }
    }

    @Test
    void aLogThatIsWrittenFastAndNotRotatedHasNone() {
        var container = test.started(test.shell("sleep 1; seq 1 100000; seq 1 1000 >&2; seq 100001 150000"));
        log(container).copy(FOLLOW, copy);
        assertThat(copy.out().lines().count()).isEqualTo(150_000);
        assertThat(copy.gaps).isZero();
    }

    private static String rotated(LocalDocker docker, String script) {
        var container = docker.client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withEntrypoint("sh", "-c", script)
                .withLabels(test.labels())
                .withHostConfig(new HostConfig()
                        .withNetworkMode("none")
                        .withLogConfig(new LogConfig(
                                LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10k", "max-file", "2"))))
                .exec()
                .getId();
        docker.client().startContainerCmd(container).exec();
        return container;
    }

    @Test
    void whatWasRotatedAwayMeanwhileIsSaidToBeMissing(LocalDocker docker) throws IOException {
        var container = rotated(docker, "echo first; sleep 1; seq 1 5000; sleep 3");
        try (var relay = new FreezingRelay()) {
            var freezing = new LogCopy() {
                @Override
                public void write(LogEntry entry) {
                    super.write(entry);
                    if (times.size() == 1) {
                        relay.freeze();
                    }
                }
            };
            var patience =
                    new ContainerLog.Patience(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10));
            log(container, new Endpoint(relay.endpoint(), null)).copy(FOLLOW, freezing, patience);
            assertThat(freezing.out())
                    .startsWith("first\n")
                    .doesNotContain("\n1\n")
                    .endsWith("\n5000\n");
            assertThat(freezing.gaps).isPositive();
        }
    }
}
