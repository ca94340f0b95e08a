package dev.longshore.operator;

import static dev.longshore.operator.TestOperator.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is missing is named, and the job starts by itself once it is there: manifests come in any order. */
class PendingIT {
    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void jobFirstThenTemplateThenHost() {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: early
                spec:
                  hostRef: {name: local}
                  templateRef: {name: late}
                """);
        var job = operator.awaitReason("early", "TemplateNotFound");
        assertThat(job.getStatus().phase()).isEqualTo(JobPhase.PENDING);
        assertThat(job.getStatus().message()).contains(operator.namespace() + "/late");
        assertThat(condition(job, "Accepted")).isEqualTo("False");
        assertThat(condition(job, "Reconciling")).isEqualTo("True");
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata:
                  name: late
                spec:
                  image: busybox:stable
                  active: false
                  command: ['true']
                """);
        operator.awaitReason("early", "TemplateInactive");
        activate("late");
        operator.awaitReason("early", "HostNotFound");
        operator.createHost();
        assertThat(operator.awaitFinished("early").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
    }

    private void activate(String name) {
        operator.client()
                .resources(ContainerTemplate.class)
                .inNamespace(operator.namespace())
                .withName(name)
                .edit(template -> {
                    template.setSpec(ContainerTemplateSpecBuilder.builder(template.getSpec())
                            .active(true)
                            .build());
                    return template;
                });
    }

    @Test
    void aSecretThatIsNotThereYet() {
        operator.createHost();
        operator.createJob("secret", """
                command: [sh, -c, 'test "$TOKEN" = right']
                env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: late, key: token}}}]
                """);
        var job = operator.awaitReason("secret", "SecretNotFound");
        assertThat(job.getStatus().message()).contains(operator.namespace() + "/late");
        operator.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("late")
                        .withNamespace(operator.namespace())
                        .endMetadata()
                        .addToData("token", "cmlnaHQ=")
                        .build())
                .create();
        assertThat(operator.awaitFinished("secret").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
    }

    @Test
    void aConfigMapWithoutTheKey() {
        operator.createHost();
        operator.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  other: value
                """);
        operator.createJob("config", """
                env: [{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: mode}}}]
                """);
        var job = operator.awaitReason("config", "ConfigMapNotFound");
        assertThat(job.getStatus().message()).contains("settings").contains("key mode");
    }

    @Test
    void aCordonedHostStartsNothingUntilItIsOpenAgain() {
        operator.createHost();
        operator.editHost("local", spec -> spec.active(false));
        operator.createJob("cordoned", "command: ['true']");
        operator.awaitReason("cordoned", "HostInactive");
        await().untilAsserted(() ->
                assertThat(operator.host("local").getStatus().jobs()).isEqualTo(new HostJobs(0, 1)));
        operator.editHost("local", spec -> spec.active(true));
        operator.awaitFinished("cordoned");
    }

    @Test
    void aHostThatIsNotReachableSaysWhyAndOthersGoOn() {
        operator.createHost();
        operator.createHost("nowhere", "endpoint: unix:///no/such/docker.sock");
        operator.createJobOn("nowhere", "waits", "command: ['true']");
        operator.createJob("runs", "command: ['true']");
        var job = operator.awaitReason("waits", "HostUnreachable");
        assertThat(job.getStatus().message()).contains("nowhere", "/no/such/docker.sock");
        assertThat(operator.awaitFinished("runs").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
    }

    @Test
    void whatTheHostDoesNotAllowIsDeniedAtOnce() {
        operator.createHost();
        operator.createJob("privileged", "privileged: true");
        var status = operator.awaitFinished("privileged").getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.FAILED);
        assertThat(status.reason()).isEqualTo(JobReason.POLICY_DENIED);
        assertThat(status.message()).contains("policy.allowPrivileged");
    }
}
