package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobSpec;
import dev.longshore.api.EnvVar;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static final String OTHERS = """
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: login}
            stringData: {password: hunter2}
            data: {user: cm9vdA==}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {level: info, mode: fast}
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerTemplate
            metadata: {name: nightly}
            spec:
              image: busybox
              args: [a, b]
              timeoutSeconds: 60
              resources: {limits: {cpu: 500m, memory: 1Gi}, requests: {cpu: 250m, memory: 512Mi}}
              envFrom: [{secretRef: {name: login}, prefix: DB_}, {configMapRef: {name: settings}}]
              env:
              - {name: mode, value: slow}
              - {name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}
              - {name: LEVEL, valueFrom: {configMapKeyRef: {name: settings, key: level}}}
              - {name: ABSENT, valueFrom: {secretKeyRef: {name: none, key: k, optional: true}}}
              - {name: REGION, value: north}
            """;

    private static ContainerJobSpec rendered(String spec) {
        var manifests = Manifests.of(Checked.read(Purpose.RENDER, OTHERS + """
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: tonight, labels: {team: data}}
                spec: {templateRef: {name: nightly}, %s}
                """.formatted(spec)));
        var job = new Rendering(manifests).of(manifests.jobs().get(0));
        assertThat(job.getMetadata().getLabels()).containsEntry("team", "data");
        assertThat(job.getMetadata().getUid()).isNull();
        return job.getSpec();
    }

    @Test
    void valuesAreResolvedAndThoseOfSecretsMasked() {
        assertThat(rendered("priority: 2").template().env())
                .extracting(EnvVar::name, EnvVar::value)
                .map(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"DB_password\", \"***\")",
                        "(\"DB_user\", \"***\")",
                        "(\"level\", \"info\")",
                        "(\"mode\", \"slow\")",
                        "(\"PASSWORD\", \"***\")",
                        "(\"LEVEL\", \"info\")",
                        "(\"REGION\", \"north\")");
    }

    @Test
    void overridesAreMergedAndTheRestIsKept() {
        var spec = rendered("priority: 2, hostSelector: {}, args: [c], timeoutSeconds: 5,"
                + " resources: {limits: {cpu: '2'}}, env: [{name: REGION, value: south}]");
        assertThat(spec.templateRef()).isNull();
        assertThat(spec.priority()).isEqualTo(2);
        assertThat(spec.hostSelector()).isNotNull();
        assertThat(spec.args()).isEmpty();
        assertThat(spec.env()).isEmpty();
        assertThat(spec.template().args()).isEqualTo(List.of("c"));
        assertThat(spec.template().timeoutSeconds()).isEqualTo(5);
        assertThat(spec.template().resources().limits().cpu()).hasToString("2");
        assertThat(spec.template().resources().limits().memory()).hasToString("1Gi");
        assertThat(spec.template().env()).contains(new EnvVar("REGION", "south", null));
        assertThat(spec.template().stopGracePeriodSeconds()).isEqualTo(10);
    }

    /** A request is not overridden, but never counts for more than the limit: the result would be refused otherwise. */
    @Test
    void aRequestIsNotAboveALimitThatAJobOverrides() {
        var resources = rendered("hostSelector: {}, resources: {limits: {cpu: 100m, memory: 2Gi}}")
                .template()
                .resources();
        assertThat(resources.requests().cpu()).hasToString("100m");
        assertThat(resources.requests().memory()).hasToString("512Mi");
        // 0 is no limit.
        assertThat(rendered("hostSelector: {}, resources: {limits: {cpu: 0}}")
                        .template()
                        .resources()
                        .requests()
                        .cpu())
                .hasToString("250m");
    }

    @Test
    void whatHasNoRequestsHasNone() {
        var manifests = Manifests.of(Checked.read(Purpose.RENDER, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: tonight}
                spec:
                  template: {image: busybox}
                  hostSelector: {}
                  resources: {limits: {cpu: 1}}
                """));
        assertThat(new Rendering(manifests)
                        .of(manifests.jobs().get(0))
                        .getSpec()
                        .template()
                        .resources()
                        .requests())
                .isNull();
    }
}
