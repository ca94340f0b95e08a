package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands on a cluster do to jobs, in one where nobody runs them: their statuses are written by the tests. */
@NeedsApiServer
class JobCommandsIT {
    private TestJobs jobs;
    private Commands commands;
    private String namespace;

    @BeforeEach
    void namespace(ApiServer server) {
        jobs = new TestJobs(server);
        commands = jobs.commands();
        namespace = jobs.namespace();
    }

    @Test
    void aSubmittedJobHasWhatWasGiven() {
        assertThat(commands.run(
                                "submit",
                                "import",
                                "--name",
                                "given",
                                "--host",
                                "local",
                                "--priority",
                                "2",
                                "--env",
                                "A=b=c",
                                "--env",
                                "E=",
                                "--arg",
                                "one two",
                                "--arg",
                                "-x")
                        .lines())
                .containsExactly("containerjob.longshore.dev/given created");
        var spec = jobs.job("given").getSpec();
        assertThat(spec.templateRef().name()).isEqualTo("import");
        assertThat(spec.hostRef().name()).isEqualTo("local");
        assertThat(spec.priority()).isEqualTo(2);
        assertThat(spec.args()).containsExactly("one two", "-x");
        assertThat(spec.env())
                .extracting(variable -> variable.name() + ":" + variable.value())
                .containsExactly("A:b=c", "E:");
        commands.run("submit", "import", "--name", "given").assertRefused("\"given\" already exists");
    }

    @Test
    void withoutAHostAnyOfTheNamespaceWillDo() {
        var name = commands.run("submit", "import", "-o", "name").out().strip();
        assertThat(name).matches("containerjob\\.longshore\\.dev/import-[a-z0-9]{5}");
        var spec = jobs.job(name.substring(name.indexOf('/') + 1)).getSpec();
        assertThat(spec.hostRef()).isNull();
        assertThat(spec.hostSelector().matchLabels()).isEmpty();
        assertThat(commands.run("cancel", name).lines()).containsExactly(name + " cancel requested");
    }

    @Test
    void cancellingTouchesNothingElseAndHarmsNoFinishedJob() {
        jobs.createThree();
        assertThat(commands.run("cancel", "cjob/fresh", "done").lines())
                .containsExactly(
                        "containerjob.longshore.dev/fresh cancel requested",
                        "containerjob.longshore.dev/done already finished: Completed");
        assertThat(jobs.job("fresh").getSpec().cancel()).isTrue();
        assertThat(jobs.job("fresh").getMetadata().getLabels()).containsEntry("batch", "pictures");
        assertThat(jobs.job("done").getSpec().cancel()).isFalse();
        assertThat(commands.run("cancel", "fresh").exitCode()).isZero();
    }

    @Test
    void ofSeveralNamesNoneIsCancelledIfOneDoesNotExist() {
        jobs.create("fresh", TestJobs.ON_LOCAL);
        commands.run("cancel", "fresh", "nowhere").assertRefused("nowhere");
        assertThat(jobs.job("fresh").getSpec().cancel()).isFalse();
    }

    @Test
    void aFinishedJobIsRetriedAsANewOneAndAnUnfinishedOneIsNot() {
        jobs.createThree();
        var created = commands.run("retry", "broken", "-o", "name").out().strip();
        assertThat(created).matches("containerjob\\.longshore\\.dev/broken-[a-z0-9]{5}");
        var copy = jobs.job(created.substring(created.indexOf('/') + 1));
        assertThat(copy.getSpec()).isEqualTo(jobs.job("broken").getSpec());
        assertThat(copy.getMetadata().getLabels()).containsEntry("batch", "pictures");
        assertThat(copy.getStatus().conditions()).isEmpty();
        commands.run("retry", "broken", "fresh").assertRefused("fresh is Pending and would run twice");
        assertThat(jobs.names()).hasSize(4);
    }

    @Test
    void waitingEndsAtOnceForJobsThatHaveFinished() {
        jobs.createThree();
        assertThat(commands.run("wait", "done").lines())
                .containsExactly("containerjob.longshore.dev/done completed: as the test says");
        var failed = commands.run("wait", "done", "broken");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("broken failed (NonZeroExit)");
    }

    @Test
    void waitingEndsInTime() {
        jobs.create("fresh", TestJobs.ON_LOCAL);
        jobs.completed("done");
        var late = commands.run("wait", "fresh", "done", "--timeout", "1s");
        assertThat(late.exitCode()).isEqualTo(124);
        assertThat(late.err()).startsWith("longshore: timed out waiting for ContainerJob fresh: Pending");
        assertThat(late.out()).contains("done completed");
    }

    @Test
    void cleaningUpDeletesWhatHasFinished() {
        jobs.createThree();
        assertThat(commands.run("cleanup", "--older-than", "1h", "--dry-run").lines())
                .containsExactly(
                        "containerjob.longshore.dev \"broken\" deleted from " + namespace + " namespace (dry run)");
        assertThat(jobs.names()).hasSize(3);
        assertThat(commands.run("cleanup", "--older-than", "1h").lines())
                .containsExactly("containerjob.longshore.dev \"broken\" deleted from " + namespace + " namespace");
        assertThat(jobs.names()).containsExactly("done", "fresh");
        assertThat(commands.run("cleanup", "--phase", "failed,cancelled").err()).startsWith("No resources found");
        assertThat(commands.run("cleanup", "-o", "name").lines()).containsExactly("containerjob.longshore.dev/done");
        assertThat(jobs.names()).containsExactly("fresh");
    }

    @Test
    void aNameThatDoesNotExistIsNamedWithTheNearest() {
        jobs.completed("thumbnails");
        for (var command : List.of("describe", "cancel", "retry", "wait")) {
            commands.run(command, "thumbnials")
                    .assertRefused("ContainerJob thumbnials not found in namespace " + namespace, "mean thumbnails?");
        }
        commands.run("describe", "../dockerhosts").assertRefused("is not a valid name");
        commands.run("submit", "imprt").assertRefused("ContainerTemplate imprt not found", "did you mean import?");
        commands.run("submit", "import", "--host", "locl").assertRefused("DockerHost locl not found", "mean local?");
        commands.run("submit", "import", "--host", "elsewhere/local").assertRefused("not found in namespace elsewhere");
        commands.run("list", "--template", "imprt").assertRefused("did you mean import?");
        commands.run("list", "--host", "locl").assertRefused("did you mean local?");
        commands.run("list", "--host", "elsewhere/local").assertRefused("not found in namespace elsewhere");
        commands.run("stats", "--template", "imprt").assertRefused("did you mean import?");
        assertThat(jobs.names()).containsExactly("thumbnails");
    }

    @Test
    void badUsageIsOneLine(ApiServer server) {
        commands.run("submit").assertRefused("TEMPLATE");
        commands.run("submit", "import", "--priority", "6").assertRefused("--priority must be from 1 to 5");
        commands.run("submit", "import", "--env", "X").assertRefused("--env X: must be NAME=VALUE");
        commands.run("submit", "import", "--env", "=x").assertRefused("--env =x: must be NAME=VALUE");
        commands.run("submit", "import", "--host", "a/b/c").assertRefused("NAME or NAMESPACE/NAME");
        commands.run("submit", "import", "--host", "../local").assertRefused("'..' is not a valid name of a Namespace");
        Commands.runAsItIs(
                        "list", "-n", "a/b", "--kubeconfig", server.kubeconfig().toString())
                .assertRefused("'a/b' is not a valid name of a Namespace");
        commands.run("submit", "import", "--name", "No_Name").assertRefused("No_Name");
        commands.run("list", "--phase", "Ended").assertRefused("--phase", "Ended");
        commands.run("list", "--sort-by", "size").assertRefused("--sort-by", "finishedAt");
        commands.run("list", "--since", "yesterday").assertRefused("--since", "90s");
        commands.run("list", "-o", "xml").assertRefused("--output");
        commands.run("wait", "x", "--timeout", "soon").assertRefused("--timeout");
        for (var command : List.of("cancel", "retry", "wait", "describe", "logs")) {
            commands.run(command).assertRefused("requires either names or --selector");
            commands.run(command, "x", "-l", "a=b").assertRefused("requires either names or --selector");
        }
        commands.run("cleanup", "--phase", "Running").assertRefused("only finished jobs");
        commands.run("stats", "-o", "name").assertRefused("--output");
    }
}
