package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.StatusFormat;
import dev.longshore.testing.TestSchedules;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person applies a schedule, and sees which jobs it creates. */
class CronJobsIT {
    private static final Duration SOON = TestNamespace.SOON;
    private static TestOperator operator;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    private static void createSchedule(String name, String spec, String job) {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: %s}
                spec:
                  schedule: "%s"
                %s
                  jobTemplate:
                    metadata: {labels: {team: data}, annotations: {note: kept}}
                    spec:
                      hostRef: {name: local}
                %s
                """.formatted(name, TestSchedules.YEARLY, spec.indent(2), job.indent(6)));
    }

    private static void createDue(String name, String spec, String job) {
        createSchedule(name, spec, job);
        TestSchedules.makeDue(operator.client(), operator.namespace(), name);
    }

    private static void editSchedule(String name, UnaryOperator<ContainerCronJobSpecBuilder> change) {
        TestSchedules.edit(operator.client(), operator.namespace(), name, cron -> {
            cron.setSpec(change.apply(ContainerCronJobSpecBuilder.builder(cron.getSpec()))
                    .build());
            operator.client().resource(cron).update();
        });
    }

    private static ContainerCronJob schedule(String name) {
        return TestSchedules.get(operator.client(), operator.namespace(), name);
    }

    private static String jobName(String schedule) {
        return TestSchedules.jobName(schedule);
    }

    private static final String TRUE = "template: {image: 'busybox:stable', command: ['true']}";
    private static final String SLEEP =
            "template: {image: 'busybox:stable', command: [sleep, '600'], stopGracePeriodSeconds: 0}";

    @Test
    void aTimeThatIsDueHasItsJob() {
        createDue("due", "timeZone: Etc/UTC", TRUE);
        var job = operator.awaitFinished(jobName("due"));
        var cron = schedule("due");
        assertThat(job.getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(job.getMetadata().getLabels()).isEqualTo(Map.of("team", "data", "longshore.dev/cron-job", "due"));
        assertThat(job.getMetadata().getAnnotations())
                .isEqualTo(Map.of(
                        "note", "kept", "longshore.dev/scheduled-at", StatusFormat.time(TestSchedules.newest())));
        assertThat(job.getMetadata().getOwnerReferences())
                .singleElement()
                .extracting(OwnerReference::getUid, OwnerReference::getController)
                .containsExactly(cron.getMetadata().getUid(), true);
        await().atMost(SOON).untilAsserted(() -> {
            var status = schedule("due").getStatus();
            assertThat(status.active()).isEmpty();
            assertThat(status.lastSuccessfulTime()).isNotNull();
            assertThat(status.lastScheduleTime()).isEqualTo(StatusFormat.time(TestSchedules.newest()));
            assertThat(status.nextScheduleTime()).endsWith("-01-01T00:00:00.000Z");
        });
        assertEvent("SuccessfulCreate", "created ContainerJob " + jobName("due"));
        assertEvent("MissSchedule", "missed 1 scheduled time before");
    }

    private static void assertEvent(String reason, String note) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.events())
                        .filteredOn(event -> event.getRegarding().getKind().equals("ContainerCronJob"))
                        .filteredOn(event -> event.getReason().equals(reason))
                        .extracting(Event::getNote)
                        .anyMatch(text -> text.contains(note)));
    }

    @Test
    void aJobThatIsGoneIsNotCreatedAgain() {
        createDue("gone", "", "ttlSecondsAfterFinished: 0\n" + TRUE);
        await().atMost(SOON)
                .until(() -> schedule("gone").getStatus().lastSuccessfulTime() != null
                        && operator.job(jobName("gone")) == null);
        operator.restart();
        editSchedule("gone", spec -> spec.startingDeadlineSeconds(Integer.MAX_VALUE));
        await().atMost(SOON)
                .until(() -> schedule("gone")
                        .getMetadata()
                        .getGeneration()
                        .equals(schedule("gone").getStatus().observedGeneration()));
        assertThat(operator.job(jobName("gone"))).isNull();
    }

    @Test
    void aScheduleThatIsSuspendedCreatesNothingUntilItIsResumed() {
        createDue("suspended", "suspend: true", TRUE);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                schedule("suspended").getStatus().conditions())
                        .singleElement()
                        .satisfies(ready -> assertThat(ready.getReason()).isEqualTo("Suspended")));
        assertThat(operator.job(jobName("suspended"))).isNull();
        editSchedule("suspended", spec -> spec.suspend(false));
        operator.awaitFinished(jobName("suspended"));
    }

    @Test
    void aJobThatRunsIsActiveAndIsReplaced() {
        createDue("replaced", "concurrencyPolicy: Replace", SLEEP);
        var first = operator.awaitRunning(jobName("replaced"));
        assertThat(schedule("replaced").getStatus().active())
                .containsExactly(new ActiveJob(
                        first.getMetadata().getName(), first.getMetadata().getUid()));
        assertThat(schedule("replaced").getStatus().jobs().active()).isEqualTo(1);
        // Another time is due: of each hour since.
        editSchedule("replaced", spec -> spec.schedule("@hourly"));
        TestSchedules.makeDue(operator.client(), operator.namespace(), "replaced");
        assertThat(operator.awaitFinished(jobName("replaced")).getStatus().phase())
                .isEqualTo(JobPhase.CANCELLED);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(schedule("replaced").getStatus().active())
                        .singleElement()
                        .satisfies(active -> assertThat(active.name()).isNotEqualTo(jobName("replaced"))));
    }

    @Test
    void whatNoRuleCanSayIsInTheCondition() {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: never}
                spec:
                  schedule: "0 0 30 2 *"
                  jobTemplate: {spec: {hostRef: {name: local}, %s}}
                """.formatted(TRUE));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(schedule("never").getStatus().conditions())
                        .first()
                        .satisfies(ready -> {
                            assertThat(ready.getStatus()).isEqualTo("False");
                            assertThat(ready.getReason()).isEqualTo("InvalidSchedule");
                            assertThat(ready.getMessage()).contains("never");
                        }));
    }

    @Test
    void aJobThatAWebhookKeepsFromBeingCreatedIsReported() {
        var webhook = operator.client().resource("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: "%s"}
                webhooks:
                  - name: nobody.example.com
                    clientConfig: {url: "https://127.0.0.1:1/"}
                    objectSelector: {matchLabels: {longshore.dev/cron-job: hooked}}
                    rules:
                      - {apiGroups: [longshore.dev], apiVersions: [v1], operations: [CREATE], resources: [containerjobs]}
                    sideEffects: None
                    admissionReviewVersions: [v1]
                """.formatted(operator.namespace()));
        webhook.create();
        try {
            createDue("hooked", "", TRUE);
            assertEvent("MissSchedule", "failed to create ContainerJob " + jobName("hooked") + ": ");
        } finally {
            webhook.delete();
        }
    }

    /** No garbage collector runs here. */
    @Test
    void aScheduleCanBeDeletedAndItsJobsToo() {
        createDue("deleted", "", SLEEP);
        operator.awaitRunning(jobName("deleted"));
        operator.client().resource(schedule("deleted")).delete();
        await().atMost(SOON).until(() -> schedule("deleted") == null);
        assertThat(operator.job(jobName("deleted")).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
        operator.delete(operator.job(jobName("deleted")));
        await().atMost(SOON).until(() -> operator.job(jobName("deleted")) == null);
    }
}
