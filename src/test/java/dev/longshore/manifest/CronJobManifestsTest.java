package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules in files: what the API server and the operator would say of them. */
class CronJobManifestsTest {
    private static String cron(String name, String schedule, String timeZone, String job) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {%s}
                spec:
                  schedule: '%s'
                  timeZone: '%s'
                  jobTemplate:
                    metadata: {labels: {app: 'import'}}
                    spec: {%s}
                """.formatted(name, schedule, timeZone, job);
    }

    private static final String JOB = "template: {image: busybox}, hostSelector: {}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                0 2 * * * * | Etc/UTC | 5:3: ContainerCronJob default/nightly: spec.schedule: expected five fields
                61 * * * *  | Etc/UTC | 5:3: ContainerCronJob default/nightly: spec.schedule: a field is malformed
                @every 5m   | Etc/UTC | 5:3: ContainerCronJob default/nightly: spec.schedule: unknown macro
                0 0 30 2 *  | Etc/UTC | 5:3: ContainerCronJob default/nightly: spec.schedule:
                0 2 * * *   | Berlin  | 6:3: ContainerCronJob default/nightly: spec.timeZone: unknown time zone
                """)
    void aBadScheduleIsOneProblemOfItsField(String schedule, String timeZone, String problem) {
        assertThat(Checked.lines(cron("name: nightly", schedule, timeZone, JOB)))
                .singleElement()
                .asString()
                .startsWith("<stdin>:" + problem);
    }

    @Test
    void scheduleAndTimeZoneAreCheckedSeparately() {
        assertThat(Checked.problems(Purpose.VALIDATE, cron("name: nightly", "0 0 30 2 *", "Berlin", JOB)))
                .extracting(Problem::path)
                .containsExactly("spec.schedule", "spec.timeZone");
    }

    @Test
    void theNameLeavesRoomForTheTime() {
        assertThat(Checked.lines(cron("name: " + "a".repeat(52), "@daily", "Etc/UTC", JOB)))
                .isEmpty();
        assertThat(Checked.lines(cron("name: " + "a".repeat(53), "@daily", "Etc/UTC", JOB)))
                .singleElement()
                .asString()
                .startsWith("<stdin>:3:12: ContainerCronJob default/aaa")
                .endsWith("metadata.name must be no more than 52 characters");
        assertThat(Checked.lines(cron("generateName: nightly-", "@daily", "Etc/UTC", JOB)))
                .isEmpty();
        assertThat(Checked.lines(cron("generateName: " + "a".repeat(48), "@daily", "Etc/UTC", JOB)))
                .hasSize(1);
    }

    @Test
    void theJobsAreCheckedLikeJobs() {
        var job =
                "templateRef: {name: gone}, hostRef: {name: gone}, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key:"
                        + " k}}}]";
        assertThat(paths(Purpose.VALIDATE, job))
                .containsExactlyInAnyOrder(
                        "spec.jobTemplate.spec.templateRef.name",
                        "spec.jobTemplate.spec.hostRef.name",
                        "spec.jobTemplate.spec.env[0].valueFrom.secretKeyRef.name");
        assertThat(paths(
                        Purpose.VALIDATE,
                        "template: {image: busybox, imagePullSecrets: [{name: s}]}, hostSelector: {}"))
                .containsExactly("spec.jobTemplate.spec.template.imagePullSecrets[0].name");
        assertThat(paths(Purpose.VALIDATE, JOB + ", cancel: true")).containsExactly("spec.jobTemplate.spec.cancel");
        assertThat(paths(Purpose.VALIDATE, "template: {image: busybox}")).containsExactly("spec.jobTemplate.spec");
        assertThat(paths(Purpose.RENDER, "template: {image: busybox}")).isEmpty();
    }

    @Test
    void labelsThatNoJobCouldHaveAreRefused() {
        assertThat(Checked.problems(
                        Purpose.VALIDATE,
                        cron("name: nightly", "@daily", "Etc/UTC", JOB).replace("import", "two words")))
                .extracting(Problem::path)
                .containsExactly("spec.jobTemplate.metadata.labels");
    }

    private static List<String> paths(Purpose purpose, String job) {
        return Checked.problems(purpose, cron("name: nightly", "@daily", "Etc/UTC", job)).stream()
                .map(Problem::path)
                .toList();
    }
}
