package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.DockerRefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A line that is logged about a job tells which. */
class LogFieldsTest {
    @Test
    void aRefusalNamesTheJobTheHostAndTheAttempt() {
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("dev.longshore.job");
        var world = new World(new Random(1), 1);
        world.submit(1, 0, world.hosts().get(0), null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        // Inspect, logs, file, the write of the result, remove.
        world.faults.plan(4, Faults.When.BEFORE, call -> new DockerRefusedException(500, "no " + call, null));
        lines.start();
        logger.addAppender(lines);
        try {
            world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
            world.schedule.pass(Duration.ofSeconds(5));
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("team/job-0: REMOVE was refused: no remove");
            assertThat(line.getMDCPropertyMap())
                    .isEqualTo(Map.of("namespace", "team", "job", "job-0", "host", "team/host-0", "attempt", "1"));
        });
    }
}
