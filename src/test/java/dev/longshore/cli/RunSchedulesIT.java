package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longshore run --schedules} on the daemon of this machine. */
@NeedsDocker
class RunSchedulesIT {
    private static final Duration SOON = ScheduleRuns.SOON;
    /** A job that runs once: when it has ended, each schedule has had its turn. */
    private static final String PLAIN = "plain";

    @TempDir
    private Path folder;

    private final String name = "yearly-" + UUID.randomUUID().toString().substring(0, 8);
    private final String instance = "schedules/" + UUID.randomUUID();
    private ScheduleRuns runs;
    private Process process;

    private Path manifest(String schedule, String script) throws IOException {
        return Files.writeString(folder.resolve("schedule.yaml"), """
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: %s}
                spec:
                  schedule: '%s'
                  jobTemplate:
                    spec:
                      template: {image: '%s', command: [sh, -c, '%s'], stopGracePeriodSeconds: 1}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec: {template: {image: '%s', command: [sh, -c, exit 0]}}
                """.formatted(
                        name, schedule, LocalDocker.IMAGE, script, PLAIN, LocalDocker.IMAGE));
    }

    /** As of a process that ended years ago. */
    private void isOverdue() throws IOException {
        Files.writeString(state(), """
                {"version": 1, "instance": "%s", "schedules": {"default/%s": {"observedSchedule":
                {"schedule": "@yearly", "timeZone": "Etc/UTC", "since": "2020-01-01T00:00:00Z"}}}}
                """.formatted(instance, name));
    }

    private Path state() {
        return folder.resolve("state.json");
    }

    private void start(Path manifest, String log) throws IOException {
        process = runs.start(log, Map.of(), "--state", state().toString(), manifest.toString());
    }

    @BeforeEach
    void prepare() {
        runs = new ScheduleRuns(folder);
    }

    /** The job for the beginning of this year. */
    private String job() {
        var year = LocalDate.now(ZoneOffset.UTC).withDayOfYear(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        return name + "-" + Duration.ofSeconds(year).toMinutes();
    }

    private String running() {
        return job() + ": Running, ";
    }

    private int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void kill() throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @AfterEach
    void end(LocalDocker docker) {
        runs.kill();
        docker.removeAll("longshore.dev/instance=" + instance);
    }

    private List<String> containers(LocalDocker docker) {
        return docker
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("longshore.dev/instance=" + instance))
                .exec()
                .stream()
                .filter(container ->
                        !container.getLabels().get("longshore.dev/job").equals(PLAIN))
                .map(container -> container.getId())
                .toList();
    }

    @Test
    void aTimeThatWasMissedRunsOnceAndIsKnownAgainAfterAKill(LocalDocker docker)
            throws IOException, InterruptedException {
        isOverdue();
        var manifest = manifest("@yearly", "while [ ! -e /end ]; do sleep 0.1; done");
        start(manifest, "first");
        runs.awaitSaid("first", name + ": next time: ", name + ": created ContainerJob " + name + "-", running());
        var first = containers(docker);
        assertThat(first).hasSize(1);
        kill();

        start(manifest, "second");
        runs.awaitSaid("second", name + ": next time: ");
        touch(docker, first.get(0));
        runs.awaitSaid("second", job() + ": Completed, container exited with code 0");
        assertThat(runs.said("second")).doesNotContain("created ContainerJob");
        await().atMost(SOON).untilAsserted(() -> assertThat(containers(docker)).isEmpty());
        assertThat(terminate()).isEqualTo(143);

        start(manifest, "third");
        runs.awaitSaid("third", PLAIN + ": Completed");
        assertThat(terminate()).isEqualTo(143);
        assertThat(runs.said("third")).doesNotContain("created ContainerJob").containsOnlyOnce(": Completed");
        assertThat(Files.readString(state())).contains("\"lastSuccessfulTime\" : \"2");
    }

    private static void touch(LocalDocker docker, String container) throws InterruptedException {
        var exec = docker.client()
                .execCreateCmd(container)
                .withCmd("touch", "/end")
                .exec();
        docker.client()
                .execStartCmd(exec.getId())
                .exec(new ResultCallback.Adapter<>())
                .awaitCompletion();
    }

    @Test
    void whenItIsTerminatedItStopsWhatRunsAndNeverRunsThatTimeAgain(LocalDocker docker)
            throws IOException, InterruptedException {
        isOverdue();
        var manifest = manifest("@yearly", "sleep 300");
        start(manifest, "first");
        runs.awaitSaid("first", running());
        Commands.runAsItIs("run", "--schedules", "--state", state().toString(), manifest.toString())
                .assertRefused("state file " + state(), "in use by another");
        assertThat(terminate()).isEqualTo(143);
        assertThat(runs.said("first")).contains("stopping the jobs", ": Cancelled");
        assertThat(containers(docker)).isEmpty();

        start(manifest, "second");
        runs.awaitSaid("second", PLAIN + ": Completed");
        assertThat(terminate()).isEqualTo(143);
        assertThat(runs.said("second")).doesNotContain("created ContainerJob");
    }

    @Test
    void whatAKilledProcessLeftOfAScheduleThatIsGoneIsRemoved(LocalDocker docker)
            throws IOException, InterruptedException {
        isOverdue();
        start(manifest("@yearly", "sleep 300"), "first");
        runs.awaitSaid("first", running());
        kill();
        assertThat(containers(docker)).hasSize(1);

        var other = manifest("@yearly", "exit 0");
        Files.writeString(other, Files.readString(other).replace(name, "other-" + name));
        start(other, "second");
        runs.awaitSaid(
                "second",
                "longshore: removing container longshore-",
                ": its ContainerJob " + job() + " is of an earlier");
        await().atMost(SOON).untilAsserted(() -> assertThat(containers(docker)).isEmpty());
        assertThat(terminate()).isEqualTo(143);
    }

    @Test
    void aChangedScheduleMakesUpForNothing() throws IOException, InterruptedException {
        isOverdue();
        start(manifest("@monthly", "exit 0"), "log");
        runs.awaitSaid("log", name + ": next time: ", PLAIN + ": Completed");
        assertThat(state()).content().contains("@monthly");
        assertThat(terminate()).isEqualTo(143);
        assertThat(runs.said("log")).doesNotContain("created ContainerJob");
    }

    @Test
    void badInputIsOneLine() throws IOException {
        var manifest = manifest("61 * * * *", "exit 0").toString();
        Commands.runAsItIs("run", "--schedules", manifest).assertRefused("schedule.yaml:5:");
        manifest = manifest("@yearly", "exit 0").toString();
        var alone = folder.resolve("alone.yaml");
        Files.writeString(alone, Files.readString(Path.of(manifest)).split("---")[0]);
        Commands.runAsItIs("run", "--schedules", "-o", "json", manifest).assertRefused("-o", "--schedules");
        Commands.runAsItIs("run", "--state", "x", manifest).assertRefused("--state", "--schedules");
        Commands.runAsItIs("run", alone.toString()).assertRefused("no ContainerJob found", "--schedules");
        var job = new JobManifests(folder).script("job", "exit 0");
        Commands.runAsItIs("run", "--schedules", job).assertRefused("no ContainerCronJob found");
        Files.writeString(state(), "x");
        Commands.runAsItIs("run", "--schedules", "--state", state().toString(), manifest)
                .assertRefused("state file " + state() + " is invalid");
    }

    @Test
    void withoutSchedulesTheyAreNamedOnceAndNotRun() throws IOException {
        var result = Commands.runAsItIs("run", manifest("* * * * *", "exit 0").toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).containsOnlyOnce("longshore: 1 schedule is not run: use --schedules\n");
        assertThat(result.out()).contains(PLAIN).doesNotContain(name);
    }
}
