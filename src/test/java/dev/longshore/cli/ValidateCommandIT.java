package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longshore validate} and {@code longshore render} on files. */
class ValidateCommandIT {
    private static final String JOB = """
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: %s}
            spec:
              template: {image: busybox}
              hostSelector: {}
              priority: %d
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int longshore(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private List<String> errors() {
        return err.toString().lines().toList();
    }

    @Test
    void whatIsValidIsCounted() throws IOException {
        assertThat(longshore("validate", write("job.yaml", JOB.formatted("a", 1))))
                .isZero();
        assertThat(longshore("validate", "examples/batch", "examples/quickstart"))
                .isZero();
        assertThat(out.toString().lines()).containsExactly("1 resource is valid", "10 resources are valid");
        assertThat(errors()).isEmpty();
    }

    @Test
    void everyProblemIsALineWithItsPlace() throws IOException {
        var first = write("a.yaml", JOB.formatted("a", 9) + "---\n" + JOB.formatted("b", 0));
        var second = write("b.yml", JOB.formatted("c", 1).replace("priority", "priorty"));
        var third = write("c.json", "{\"apiVersion\": \"v1\"}");
        assertThat(longshore("validate", folder.toString())).isEqualTo(2);
        assertThat(errors())
                .containsExactly(
                        first + ":7:3: ContainerJob default/a: spec.priority: Invalid value: 9: should be less than or"
                                + " equal to 5",
                        first + ":15:3: ContainerJob default/b: spec.priority: Invalid value: 0: should be greater than"
                                + " or equal to 1",
                        second + ":7:3: ContainerJob default/c: spec.priorty: unknown field; did you mean priority?",
                        third + ":1:1: not a manifest: kind is not set");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("empty/deeper.yaml"));
        Files.createSymbolicLink(folder.resolve("loop.yaml"), Path.of("loop.yaml"));
        assertThat(longshore("validate", "nowhere.yaml", folder.resolve("empty").toString(), folder.toString()))
                .isEqualTo(2);
        assertThat(errors()).hasSize(3).allSatisfy(line -> assertThat(line).startsWith("longshore: "));
        assertThat(errors().get(0)).isEqualTo("longshore: nowhere.yaml: no such file or directory");
        assertThat(errors().get(1)).endsWith("empty: no .yaml, .yml or .json file in this directory");
        assertThat(errors().get(2)).contains("loop.yaml: failed to read: ");
    }

    @Test
    void anEmptyFileNameIsNotTheCurrentFolder() {
        assertThat(longshore("validate", "")).isEqualTo(2);
        assertThat(errors()).containsExactly("longshore: '': empty file name: specify a file or directory, such as .");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileThatIsNamedTwiceIsReadOnce() throws IOException {
        var file = write("job.yaml", JOB.formatted("a", 1));
        assertThat(longshore("validate", file, folder.toString(), folder + "/../" + folder.getFileName()))
                .isZero();
        assertThat(out.toString()).isEqualTo("1 resource is valid" + System.lineSeparator());
    }

    @Test
    void otherKindsAreMentioned() throws IOException {
        write("web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
        write("job.yaml", JOB.formatted("a", 1));
        assertThat(longshore("validate", folder.toString())).isZero();
        assertThat(out.toString()).startsWith("1 resource is valid");
        assertThat(errors())
                .singleElement()
                .asString()
                .contains("web.yaml:1:1: note: apps/v1 Deployment is not checked");
    }

    @Test
    void whatIsShownOfAFileCannotControlTheTerminal() throws IOException {
        var file = write("job.yaml", JOB.formatted("a", 1) + "  hostname: \"\\e[31mred\"\n  \"\\e]0;x\\a\": 1\n");
        assertThat(longshore("validate", file)).isEqualTo(2);
        assertThat(err.toString()).contains("unknown field").doesNotContain("\u001b", "\u0007");
    }

    @Test
    void aRenderedJobIsValidAndTheSameAgain() throws IOException {
        assertThat(longshore("render", "examples/overrides")).isZero();
        var rendered = out.toString();
        assertThat(rendered).startsWith("---\n").doesNotContain("templateRef");
        var hosts = Files.readString(Path.of("examples/overrides/host.yaml"));
        var file = write("rendered.yaml", hosts + rendered);

        assertThat(longshore("validate", file)).isZero();
        out.getBuffer().setLength(0);
        assertThat(longshore("render", file)).isZero();
        assertThat(out.toString()).isEqualTo(rendered);
        assertThat(errors()).isEmpty();
    }

    @Test
    void renderMasksSecretsInBothFormats() throws IOException {
        assertThat(longshore("render", "examples/secrets")).isZero();
        var yaml = new YAMLMapper().readTree(out.toString());
        out.getBuffer().setLength(0);
        assertThat(longshore("render", "-o", "json", "examples/secrets")).isZero();
        var list = new ObjectMapper().readTree(out.toString());

        assertThat(list.path("kind").asText()).isEqualTo("List");
        assertThat(list.path("items")).hasSize(1);
        assertThat(list.path("items").get(0)).isEqualTo(yaml);
        assertThat(yaml.at("/spec/template/env").toString())
                .contains("{\"name\":\"WAREHOUSE_PASSWORD\",\"value\":\"***\"}");
    }

    @Test
    void renderRefusesWhatValidateRefusesAndPrintsNothing() throws IOException {
        write("good.yaml", JOB.formatted("a", 1));
        var bad = write("bad.yaml", JOB.formatted("b", 9));
        assertThat(longshore("render", folder.toString())).isEqualTo(2);
        assertThat(errors()).singleElement().asString().startsWith("longshore: " + bad + ":7:3: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void renderNeedsAJob() throws IOException {
        var file = write("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        assertThat(longshore("render", file)).isEqualTo(2);
        assertThat(errors()).containsExactly("longshore: no ContainerJob or ContainerCronJob found in " + file);
    }

    private static final String SCHEDULE = """
            apiVersion: longshore.dev/v1
            kind: ContainerCronJob
            metadata: {name: %s}
            spec:
              schedule: %s
              timeZone: %s
              suspend: %s
              jobTemplate:
                metadata: {labels: {app: import}}
                spec:
                  template: {image: busybox, env: [{name: A, value: b}]}
                  hostSelector: {}
            """;

    @Test
    void theNextTimesOfAScheduleAreShownInItsZone() throws IOException {
        var file = write(
                "ccj.yaml",
                SCHEDULE.formatted("nightly", "30 2 * * *", "Asia/Tokyo", false)
                        + "---\n"
                        + SCHEDULE.formatted("paused", "'@yearly'", "Etc/UTC", true));
        assertThat(longshore("validate", file)).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("2 resources are valid"),
                        second -> assertThat(second)
                                .matches("ContainerCronJob default/nightly: next times:"
                                        + "( 20..-..-..T02:30:00\\+09:00,?){3}"),
                        third -> assertThat(third)
                                .matches("ContainerCronJob default/paused \\(suspended\\): next times:"
                                        + "( 20..-01-01T00:00:00Z,?){3}"));
    }

    @Test
    void theNextJobOfAScheduleIsRenderedBelowItsNextTimes() throws IOException {
        var file = write("ccj.yaml", SCHEDULE.formatted("nightly", "'*/5 * * * *'", "Etc/UTC", false));
        assertThat(longshore("render", file)).isZero();
        var rendered = out.toString();
        assertThat(rendered).startsWith("---\n# ContainerCronJob default/nightly: next times: 20");
        var job = new YAMLMapper().readTree(rendered);
        assertThat(job.path("kind").asText()).isEqualTo("ContainerJob");
        assertThat(job.at("/metadata/name").asText()).matches("nightly-[0-9]{8}");
        assertThat(job.at("/metadata/labels/longshore.dev~1cron-job").asText()).isEqualTo("nightly");
        assertThat(job.at("/metadata/labels/app").asText()).isEqualTo("import");
        assertThat(job.at("/metadata/annotations/longshore.dev~1scheduled-at").asText())
                .endsWith(":00.000Z");
        assertThat(job.at("/spec/template/env/0/value").asText()).isEqualTo("b");
        assertThat(longshore("validate", write("job.yaml", rendered))).isZero();

        out.getBuffer().setLength(0);
        assertThat(longshore("render", "-o", "json", file)).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).at("/items/0/spec"))
                .isEqualTo(job.path("spec"));
    }
}
