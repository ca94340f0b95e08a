package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.api.JobPhase;
import dev.longshore.job.JobPhases;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code longshore top}, while an operator runs the jobs. */
@NeedsApiServer
@NeedsDocker
class TopIT {
    private static RunningJobs jobs;
    private static Commands commands;

    @BeforeAll
    static void start(ApiServer server) {
        jobs = new RunningJobs(server);
        commands = new Commands(server, jobs.namespace);
        assertThat(commands.run("top").err()).isEqualTo("No resources found in " + jobs.namespace + " namespace.\n");
        jobs.job("idle", "local", "sleep 600", "resources: {limits: {memory: 64Mi}, requests: {cpu: 100m}}");
        jobs.job("busy", "local", "while true; do true; done", "resources: {limits: {cpu: 300m, memory: 32Mi}}");
        jobs.await("idle", job -> JobPhases.of(job) == JobPhase.RUNNING);
        jobs.await("busy", job -> JobPhases.of(job) == JobPhase.RUNNING);
    }

    @AfterAll
    static void stop() {
        jobs.close();
    }

    private static double number(String cell, String unit) {
        assertThat(cell).endsWith(unit);
        return Double.parseDouble(cell.substring(0, cell.length() - unit.length()));
    }

    @Test
    void showsWhatRunningJobsUseBesideRequestsAndLimits() {
        var top = commands.run("top", "--sort-by", "cpu");
        assertThat(top.err()).isEmpty();
        assertThat(top.lines().get(0).split(" +"))
                .containsExactly(
                        "NAME",
                        "HOST",
                        "CPU",
                        "CPU-REQUEST",
                        "CPU-LIMIT",
                        "MEMORY",
                        "MEMORY-REQUEST",
                        "MEMORY-LIMIT",
                        "GPUS");
        assertThat(top.lines().get(1)).startsWith("busy ");
        var busy = top.row("busy");
        assertThat(number(busy.get(2), "m")).isBetween(50.0, 450.0);
        assertThat(busy.get(5)).matches("[0-9.]+[KM]iB");
        assertThat(busy.subList(3, 5)).containsExactly("300m", "300m");
        assertThat(busy.subList(6, 9)).containsExactly("32Mi", "32Mi", "-");
        var idle = top.row("idle");
        assertThat(number(idle.get(2), "m")).isLessThan(50.0);
        assertThat(idle.subList(3, 5)).containsExactly("100m", "-");
        assertThat(commands.run("top", "-A", "-o", "wide").lines())
                .anyMatch(line -> line.matches(jobs.namespace + " +idle +local .*\\(inline\\).*"));
    }

    @Test
    void aDaemonThatCannotBeReachedIsOneLineOnStderr(ApiServer server) {
        var unreachable = new TestJobs(server);
        unreachable.host("away", "tcp://127.0.0.1:1");
        unreachable.running("one", "away");
        unreachable.running("two", "away");
        unreachable.running("lost", "gone");
        var top = unreachable.commands().run("top");
        assertThat(top.exitCode()).isZero();
        assertThat(top.row("one")).containsExactly("one", "away", "-", "-", "-", "-", "512Mi", "512Mi", "-");
        assertThat(top.lines()).hasSize(4);
        assertThat(top.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("longshore: failed to read usage: DockerHost "
                        + unreachable.namespace() + "/away: tcp://127.0.0.1:1: connection refused"))
                .anyMatch(line -> line.equals(
                        "longshore: failed to read usage: DockerHost " + unreachable.namespace() + "/gone not found"));
    }

    @Test
    void canBeReadByMachines() throws IOException {
        var items = new ObjectMapper()
                .readTree(commands.run("top", "-o", "json").out())
                .path("items");
        assertThat(items).hasSize(2);
        for (var item : items) {
            assertThat(item.path("host").asText()).isEqualTo(jobs.namespace + "/local");
            assertThat(item.at("/usage/cpu").asText()).matches("[0-9]+m");
            assertThat(item.at("/usage/memory").asLong()).isPositive();
            assertThat(item.path("gpus")).isEmpty();
        }
        assertThat(commands.run("top", "-o", "name").lines())
                .containsExactlyInAnyOrder("containerjob.longshore.dev/idle", "containerjob.longshore.dev/busy");
        commands.run("top", "--sort-by", "age").assertRefused("--sort-by", "memory, cpu");
    }
}
