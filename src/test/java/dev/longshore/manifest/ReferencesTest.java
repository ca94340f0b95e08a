package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final String SECRET = """
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: login}
            stringData: {password: hunter2}
            """;

    private static String template(String spec) {
        return """
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerTemplate
            metadata: {name: nightly}
            spec: {image: busybox, %s}
            """.formatted(spec);
    }

    private static String job(String spec) {
        return """
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: tonight}
            spec: {%s}
            """.formatted(spec);
    }

    private static List<String> found(Purpose purpose, String text) {
        return Checked.problems(purpose, text).stream()
                .map(problem -> problem.path() + ": " + problem.what())
                .toList();
    }

    @Test
    void theNearestNameIsSuggested() {
        assertThat(found(Purpose.RUN, template("active: true") + job("templateRef: {name: nightl}")))
                .containsExactly(
                        "spec.templateRef.name: ContainerTemplate default/nightl not found in the manifests; did you mean"
                                + " default/nightly?");
    }

    @Test
    void theSameNameInAnotherNamespaceIsSuggestedFirst() {
        var host = """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: build, namespace: infrastructure}
                spec: {endpoint: 'unix:///run/docker.sock'}
                """;
        assertThat(found(Purpose.RUN, host + job("template: {image: busybox}, hostRef: {name: build}")))
                .containsExactly("spec.hostRef.name: DockerHost default/build not found in the manifests; did you mean"
                        + " infrastructure/build?");
    }

    @Test
    void everythingThatATemplateNeedsIsLookedFor() {
        var template = template("""
                env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: k}}}, \
                {name: B, valueFrom: {configMapKeyRef: {name: b, key: k}}}, \
                {name: C, valueFrom: {secretKeyRef: {name: login, key: pasword}}}, \
                {name: D, valueFrom: {secretKeyRef: {name: d, key: k, optional: true}}}], \
                envFrom: [{secretRef: {name: e}}, {configMapRef: {name: f}}], \
                secretFiles: [{secretName: g, mountPath: /g}], imagePullSecrets: [{name: h}]""");
        assertThat(found(Purpose.VALIDATE, SECRET + template))
                .containsExactly(
                        "spec.env[0].valueFrom.secretKeyRef.name: Secret default/a not found in the manifests",
                        "spec.env[1].valueFrom.configMapKeyRef.name: ConfigMap default/b not found in the manifests",
                        "spec.env[2].valueFrom.secretKeyRef.key: Secret default/login has no key pasword; did you mean"
                                + " password?",
                        "spec.envFrom[0].secretRef.name: Secret default/e not found in the manifests",
                        "spec.envFrom[1].configMapRef.name: ConfigMap default/f not found in the manifests",
                        "spec.secretFiles[0].secretName: Secret default/g not found in the manifests",
                        "spec.imagePullSecrets[0].name: Secret default/h not found in the manifests");
    }

    @Test
    void aVariableThatTheJobHasItselfNeedsNoSecret() {
        var text = template("env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: k}}}]")
                + job("templateRef: {name: nightly}, env: [{name: A, value: b}]");
        assertThat(found(Purpose.RUN, text)).isEmpty();
    }

    @Test
    void aTemplateThatNoJobUsesMattersOnACluster() {
        var text = template("secretFiles: [{secretName: g, mountPath: /g}]") + job("template: {image: busybox}");
        assertThat(found(Purpose.RUN, text)).isEmpty();
        assertThat(found(Purpose.VALIDATE, text)).hasSize(2);
    }

    @Test
    void theTlsSecretOfAHostIsLookedFor() {
        assertThat(found(Purpose.VALIDATE, """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: build}
                spec: {endpoint: 'tcp://build:2376', tls: {secretName: keys}}
                """))
                .containsExactly("spec.tls.secretName: Secret default/keys not found in the manifests");
    }

    @Test
    void aJobNeedsAHostOnAClusterOnly() {
        var text = job("template: {image: busybox}");
        assertThat(found(Purpose.VALIDATE, text))
                .containsExactly("spec: exactly one of hostRef and hostSelector is required");
        assertThat(found(Purpose.RENDER, text)).isEmpty();
        assertThat(found(Purpose.RUN, text)).isEmpty();
        assertThat(found(Purpose.RUN, job("template: {image: busybox}, hostSelector: {}, hostRef: {name: a}")))
                .contains("spec: exactly one of hostRef and hostSelector is required");
    }

    @Test
    void whatCouldNotBeReadMayDefineIt() {
        assertThat(found(Purpose.RUN, job("templateRef: {name: nightly}") + "---\na: 'b"))
                .singleElement()
                .asString()
                .contains("not YAML");
    }
}
