package dev.longshore.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.RetryPolicy;
import dev.longshore.cli.output.JobNames;
import dev.longshore.cli.terminal.ErrorTerminal;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person sees of a run at a moment. */
class RunLinesTest {
    private static final ErrorTerminal.Size WIDE = new ErrorTerminal.Size(80, 24);
    private static final Duration START = Duration.ZERO;

    private final RunLines lines = new RunLines(false, true);
    private final List<ContainerJob> jobs = new ArrayList<>();

    private ContainerJob job(String name) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName(name)
                .withUid(name)
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .hostRef(new HostReference("alpha", null))
                .build());
        jobs.add(job);
        return job;
    }

    private RunBoard board() {
        return new RunBoard(jobs, JobNames.of(jobs));
    }

    private static ContainerJobStatusBuilder status(JobPhase phase, JobReason reason) {
        return ContainerJobStatusBuilder.builder().phase(phase).reason(reason);
    }

    private static ContainerJobStatus running() {
        return status(JobPhase.RUNNING, null).attempt(1).build();
    }

    private static void change(RunBoard board, ContainerJob job, ContainerJobStatus status, Duration now) {
        job.setStatus(status);
        board.changed(job, now);
    }

    private static void end(RunBoard board, ContainerJob job, ContainerJobStatusBuilder status) {
        change(board, job, status.build(), START);
    }

    @Test
    void aLineForEachJobThatIsBeingWorkedOnAndTheCountsBelow() {
        var build = job("build");
        var pull = job("pull-it");
        job("later");
        var board = board();
        change(board, build, running(), Duration.ofMillis(500));
        change(board, pull, status(JobPhase.PENDING, JobReason.PULLING_IMAGE).build(), START);
        assertThat(lines.live(board, WIDE, Duration.ofMillis(12_800)))
                .containsExactly(
                        "⠼ build       12.3s  alpha  running",
                        "⠼ pull-it     12.8s  alpha  pulling image",
                        "1 running, 1 starting, 1 waiting");
    }

    @Test
    void theTimeGoesOnWhileAJobDoesTheSame() {
        var build = job("build");
        var board = board();
        change(board, build, running(), START);
        change(board, build, running(), Duration.ofSeconds(5));
        assertThat(lines.live(board, WIDE, Duration.ofSeconds(6)).get(0)).contains(" 6.0s ");
    }

    @Test
    void onlyAsManyLinesAsFitAboveTheCursor() {
        IntStream.range(0, 40).forEach(number -> job("job-" + number));
        var board = board();
        jobs.forEach(job -> change(board, job, running(), START));
        for (var height = 1; height < 50; height++) {
            var live = lines.live(board, new ErrorTerminal.Size(80, height), START);
            assertThat(live).hasSizeLessThanOrEqualTo(Math.max(1, height - 1)).endsWith("40 running");
        }
        assertThat(lines.live(board, new ErrorTerminal.Size(80, 6), START))
                .hasSize(5)
                .contains("… and 37 more", "⠋ job-2       0.0s  alpha  running");
    }

    @Test
    void noLineIsAsWideAsTheTerminal() {
        var job = job("a-name-that-is-longer-than-most");
        var board = board();
        change(board, job, running(), START);
        for (var width = 2; width < 80; width++) {
            var size = new ErrorTerminal.Size(width, 24);
            assertThat(lines.live(board, size, START))
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(size.width()));
        }
        assertThat(lines.live(board, new ErrorTerminal.Size(20, 24), START)).contains("⠋ a-name-that-is-l…");
    }

    @Test
    void whatStaysOfAJobSaysHowItEndedAndAfterHowLong() {
        var fine = job("fine");
        var broken = job("broken");
        var denied = job("denied");
        var stopped = job("stopped");
        var board = board();
        end(
                board,
                fine,
                status(JobPhase.COMPLETED, JobReason.COMPLETED).exitCode(0).duration("1m3s"));
        end(
                board,
                broken,
                status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT)
                        .exitCode(3)
                        .duration("1.204s")
                        .attempt(3)
                        .effective(ContainerTemplateSpecBuilder.builder()
                                .retry(new RetryPolicy(2, null, null, null))
                                .build()));
        end(board, denied, status(JobPhase.FAILED, JobReason.POLICY_DENIED).message("no\nway"));
        end(
                board,
                stopped,
                status(JobPhase.CANCELLED, JobReason.CANCEL_REQUESTED)
                        .exitCode(137)
                        .duration("2s"));
        assertThat(board.takeEnded().stream().map(entry -> lines.ended(entry, board)))
                .containsExactly(
                        "✔ fine         1m3s  alpha  exit 0",
                        "✘ broken     1.204s  alpha  exit 3 (attempt 3 of 3)",
                        "✘ denied             alpha  PolicyDenied: no way",
                        "■ stopped        2s  alpha  canceled, exit 137");
        assertThat(board.takeEnded()).isEmpty();
        assertThat(RunLines.summary(board, Duration.ofSeconds(3661)))
                .containsExactly("1 done, 2 failed, 1 canceled in 1h01m01s");
    }

    @Test
    void nothingStaysOfARunInWhichNothingBegan() {
        job("one");
        assertThat(RunLines.summary(board(), START)).isEmpty();
    }

    @Test
    void coloursAndSignsOnlyWhereTheyAreWantedAndShown() {
        var job = job("one");
        var board = board();
        change(
                board,
                job,
                status(JobPhase.COMPLETED, JobReason.COMPLETED).exitCode(0).build(),
                START);
        var ended = board.takeEnded().get(0);
        assertThat(new RunLines(true, true).ended(ended, board)).startsWith("\u001b[32m✔\u001b[0m one");
        assertThat(new RunLines(false, false).ended(ended, board))
                .startsWith("+ one")
                .isASCII();
    }

    @Test
    void theNamespaceIsSaidWhereThereAreSeveral() {
        job("one");
        var other = job("two");
        other.getMetadata().setNamespace("team");
        var board = board();
        change(board, other, running(), START);
        assertThat(lines.live(board, WIDE, START).get(0)).contains(" team/two ");
    }

    @Test
    void whatWasDrawnIsOverwrittenAlsoWhereItTakesMoreRowsNow() {
        assertThat(Redraw.of(List.of(), List.of(), List.of("x"), 80)).isEqualTo("\rx\u001b[K\n\u001b[J");
        assertThat(Redraw.of(List.of("a".repeat(100), "b"), List.of("stays"), List.of("c"), 60))
                .isEqualTo("\r\u001b[3Astays\u001b[K\nc\u001b[K\n\u001b[J");
    }
}
