package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels select the jobs that commands are about. */
@NeedsApiServer
class SelectorsIT {
    private TestJobs jobs;
    private Commands commands;

    @BeforeEach
    void create(ApiServer server) {
        jobs = new TestJobs(server);
        commands = jobs.commands();
        jobs.createThree();
        for (var name : List.of("done", "fresh")) {
            var job = jobs.job(name);
            job.getMetadata().getLabels().put("batch", "texts");
            server.client().resource(job).update();
        }
    }

    @Test
    void listsAndStatisticsAreOfTheJobsWithTheLabels() {
        assertThat(jobs.names("-l", "batch=pictures")).containsExactly("broken");
        assertThat(jobs.names("--selector", "batch in (texts)")).containsExactly("done", "fresh");
        assertThat(jobs.names("-l", "batch!=pictures", "--phase", "Completed")).containsExactly("done");
        // With those of other tests.
        assertThat(jobs.names("-A", "-l", "batch=texts"))
                .contains("done", "fresh")
                .doesNotContain("broken");
        assertThat(jobs.names("-l", "batch=texts", "--host", "local")).containsExactly("done");
        assertThat(commands.run("stats", "-l", "batch=pictures").row("import")).startsWith("import", "1", "0", "1");
    }

    @Test
    void onlyTheJobsWithTheLabelsAreCleanedUp() {
        assertThat(commands.run("cleanup", "-l", "batch=pictures", "-o", "name").lines())
                .containsExactly("containerjob.longshore.dev/broken");
        assertThat(jobs.names()).containsExactly("done", "fresh");
    }

    @Test
    void theJobsWithTheLabelsAreCancelledDescribedAndAwaited() throws IOException {
        assertThat(commands.run("cancel", "-l", "batch=texts").lines())
                .containsExactly(
                        "containerjob.longshore.dev/done already finished: Completed",
                        "containerjob.longshore.dev/fresh cancel requested");
        assertThat(commands.run("describe", "-l", "batch=pictures").out())
                .contains("broken")
                .doesNotContain("fresh");
        var described =
                commands.run("describe", "-l", "batch=pictures", "-o", "json").out();
        assertThat(new ObjectMapper()
                        .readTree(described)
                        .at("/items/0/metadata/name")
                        .asText())
                .isEqualTo("broken");
        var awaited = commands.run("wait", "-l", "batch=pictures", "-o", "name");
        assertThat(awaited.exitCode()).isEqualTo(1);
        assertThat(awaited.out().strip()).isEqualTo("containerjob.longshore.dev/broken");
    }

    @Test
    void theJobsWithTheLabelsAreRetriedIfAllHaveFinished() {
        commands.run("retry", "-l", "batch=texts").assertRefused("fresh is Pending and would run twice");
        assertThat(commands.run("retry", "-l", "batch=pictures").lines()).hasSize(1);
        assertThat(jobs.names()).hasSize(4);
    }

    @Test
    void whereNoJobHasTheLabelsThatIsSaid() {
        for (var command : List.of("list", "stats", "cleanup", "cancel", "describe", "retry", "logs")) {
            var none = commands.run(command, "-l", "batch=none");
            assertThat(none.lines()).as(command).isEmpty();
            assertThat(none.err()).as(command).startsWith("No resources found");
        }
        commands.run("wait", "-l", "batch=none")
                .assertRefused("no ContainerJob in namespace " + jobs.namespace() + " matches selector 'batch=none'");
    }

    @Test
    void whatIsNoSelectorIsRefused() {
        for (var command : List.of("list", "stats", "cleanup", "cancel", "describe", "retry", "wait", "logs")) {
            commands.run(command, "-l", "batch in").assertRefused("selector 'batch in': ");
            commands.run(command, "-l", "").assertRefused("a selector must not be empty");
        }
        assertThat(jobs.names()).hasSize(3);
        assertThat(jobs.job("fresh").getSpec().cancel()).isFalse();
    }
}
