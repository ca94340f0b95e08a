package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.cli.Commands;
import dev.longshore.cli.TestJobs;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs where no operator runs: after ten seconds each command that looks at one says so. */
@NeedsApiServer
class UnobservedIT {
    private TestJobs jobs;
    private Commands commands;

    @BeforeEach
    void namespace(ApiServer server) {
        jobs = new TestJobs(server);
        commands = jobs.commands();
    }

    private String message(String name) {
        return "no operator has processed ContainerJob " + name + ", created ";
    }

    @Test
    void everyCommandThatLooksAtOneSaysSo() throws Exception {
        var submitted = CompletableFuture.supplyAsync(
                () -> commands.run("submit", "import", "--name", "submitted", "--host", "local", "--wait"));
        var followed = CompletableFuture.supplyAsync(
                () -> commands.run("submit", "import", "--name", "followed", "--host", "local", "--follow"));
        jobs.create("another", TestJobs.ON_LOCAL);
        assertThat(commands.run("list").err()).as("too early").isEmpty();
        assertThat(commands.run("describe", "another").out()).doesNotContain("no operator");

        var awaited = commands.run("wait", "another", "--timeout", "12s");
        assertThat(awaited.exitCode()).isEqualTo(124);
        assertThat(awaited.err())
                .contains("longshore: " + message("another") + "10s ago")
                .contains("check that an operator is running and watches namespace " + jobs.namespace());

        Awaitility.await().until(() -> Unobserved.is(jobs.job("followed"), Instant.now()));
        var listed = commands.run("list");
        assertThat(listed.lines()).hasSize(4);
        assertThat(listed.err()).startsWith("longshore: " + message("another")).endsWith("; also affected: 2 more\n");
        assertThat(commands.run("describe", "another").out()).contains("Operator: ", message("another"));

        commands.run("cancel", "submitted", "followed");
        jobs.cancelled("submitted");
        jobs.cancelled("followed");
        assertThat(submitted.get(10, TimeUnit.SECONDS).err()).containsOnlyOnce(message("submitted"));
        assertThat(followed.get(10, TimeUnit.SECONDS).err()).containsOnlyOnce(message("followed"));
    }

    @Test
    void thoseThatHaveEndedAreNoneOfThem() {
        jobs.completed("old");
        assertThat(commands.run("list").err()).isEmpty();
    }
}
