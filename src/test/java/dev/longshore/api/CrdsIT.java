package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API server makes of the definitions. */
@NeedsApiServer
final class CrdsIT {
    private static final YAMLMapper YAML = new YAMLMapper();

    private static ApiServer server;
    private String namespace;

    @BeforeAll
    static void install(ApiServer shared) {
        server = shared;
        server.installCrds();
    }

    @BeforeEach
    void freshNamespace() {
        namespace = server.namespace();
    }

    @Test
    void aMinimalHostComesBackWithItsDefaults() {
        assertComesBack("""
                kind: DockerHost
                spec:
                  endpoint: unix:///run/docker.sock
                """, """
                endpoint: unix:///run/docker.sock
                active: true
                maxConcurrentJobs: 10
                allowedNamespaces: {from: Same}
                policy:
                  requirePull: false
                  allowGpus: false
                  allowHostNetwork: false
                  allowPrivileged: false
                queueing: {strategy: StrictFIFO, holdAfterSeconds: 300, fairSharing: false}
                """);
    }

    @Test
    void tlsIsVerifiedUnlessSaidOtherwiseAndNoItemOfAListIsFilledIn() {
        assertComesBack("""
                kind: DockerHost
                spec:
                  endpoint: tcp://[2001:db8::1]:2376
                  tls: {secretName: docker-tls}
                  policy:
                    allowedHostPaths: [{path: /srv}]
                """, """
                endpoint: tcp://[2001:db8::1]:2376
                active: true
                maxConcurrentJobs: 10
                allowedNamespaces: {from: Same}
                tls: {secretName: docker-tls, verify: true}
                policy:
                  allowedHostPaths: [{path: /srv}]
                  requirePull: false
                  allowGpus: false
                  allowHostNetwork: false
                  allowPrivileged: false
                queueing: {strategy: StrictFIFO, holdAfterSeconds: 300, fairSharing: false}
                """);
    }

    @Test
    void aMinimalTemplateComesBackWithItsDefaults() {
        assertComesBack("""
                kind: ContainerTemplate
                spec: {image: busybox}
                """, TEMPLATE_DEFAULTS);
    }

    @Test
    void aMinimalJobOverridesNothing() {
        assertComesBack("""
                kind: ContainerJob
                spec:
                  templateRef: {name: t}
                  hostRef: {name: h}
                """, """
                templateRef: {name: t}
                hostRef: {name: h}
                priority: 3
                suspend: false
                cancel: false
                """);
    }

    @Test
    void aTemplateWrittenInPlaceHasTheDefaultsOfATemplate() {
        var job = create("""
                kind: ContainerJob
                spec:
                  template: {image: busybox}
                  hostSelector: {matchLabels: {pool: a}}
                """);

        assertThat(tree(job).at("/spec/template")).isEqualTo(yaml(TEMPLATE_DEFAULTS));
    }

    @Test
    void aRetryThatIsGivenInPartIsCompleted() {
        var job = create("""
                kind: ContainerJob
                spec:
                  templateRef: {name: t}
                  hostRef: {name: h}
                  retry: {limit: 2}
                """);

        assertThat(tree(job).at("/spec/retry"))
                .isEqualTo(yaml("{limit: 2, initialDelaySeconds: 10, maxDelaySeconds: 300}"));
    }

    @Test
    void aRunningJobTakesChangesOfItsUrgencyAndItsEndOnly() {
        var job = Serialization.unmarshal(
                Serialization.asYaml(create(MINIMAL_JOB + "  priority: 4\n  suspend: true\n")), ContainerJob.class);
        job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                .priority(1)
                .suspend(false)
                .cancel(true)
                .ttlSecondsAfterFinished(60)
                .build());

        var changed = server.client().resource(job).update();

        assertThat(changed.getSpec()).isEqualTo(job.getSpec());
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void jobsAreSelectedByTheirFields() {
        create(MINIMAL_JOB + "  priority: 1\n");
        var jobs = server.client().resources(ContainerJob.class).inNamespace(namespace);
        var job = jobs.list().getItems().get(0);
        job.setStatus(
                ContainerJobStatusBuilder.builder().phase(JobPhase.RUNNING).build());
        server.client().resource(job).updateStatus();

        for (String selector :
                List.of("status.phase=Running", "spec.templateRef.name=t", "spec.hostRef.name=h", "spec.priority=1")) {
            String[] pair = selector.split("=", 2);
            assertThat(jobs.withField(pair[0], pair[1]).list().getItems())
                    .as(selector)
                    .hasSize(1);
            assertThat(jobs.withField(pair[0], "other").list().getItems())
                    .as(selector)
                    .isEmpty();
        }
    }

    @Test
    void hostsAndTemplatesAreSelectedByTheirFields() {
        create("kind: DockerHost\nspec: {endpoint: 'unix:///run/docker.sock', active: false}\n");
        create("kind: ContainerTemplate\nspec: {image: busybox}\n");
        var hosts = server.client().resources(DockerHost.class).inNamespace(namespace);
        var templates = server.client().resources(ContainerTemplate.class).inNamespace(namespace);

        assertThat(hosts.withField("spec.active", "false").list().getItems()).hasSize(1);
        assertThat(hosts.withField("spec.endpoint", "unix:///run/docker.sock")
                        .list()
                        .getItems())
                .hasSize(1);
        assertThat(hosts.withField("spec.active", "true").list().getItems()).isEmpty();
        assertThat(templates.withField("spec.active", "true").list().getItems()).hasSize(1);
        assertThat(templates.withField("spec.image", "busybox").list().getItems())
                .hasSize(1);
        assertThat(templates.withField("spec.image", "alpine").list().getItems())
                .isEmpty();
    }

    private void assertComesBack(String manifest, String spec) {
        JsonNode created = tree(create(manifest));

        assertThat(created.get("spec")).isEqualTo(yaml(spec));
        var phase = created.get("kind").asText().equals("ContainerJob") ? ", phase: Pending" : "";
        assertThat(created.get("status")).isEqualTo(yaml("{observedGeneration: -1" + phase + "}"));
    }

    private HasMetadata create(String manifest) {
        var resource = Serialization.unmarshal(
                "apiVersion: longshore.dev/v1\nmetadata: {name: minimal}\n" + manifest,
                GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        return server.client().resource(resource).create();
    }

    private static JsonNode tree(HasMetadata resource) {
        return yaml(Serialization.asYaml(resource));
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static final String MINIMAL_JOB = """
            kind: ContainerJob
            spec:
              templateRef: {name: t}
              hostRef: {name: h}
            """;

    private static final String TEMPLATE_DEFAULTS = """
            image: busybox
            imagePullPolicy: IfNotPresent
            active: true
            stopGracePeriodSeconds: 10
            autoRemove: true
            keepFailedSeconds: 0
            retry: {limit: 0, initialDelaySeconds: 10, maxDelaySeconds: 300}
            logs: {tailBytes: 4096, archive: true, archiveMaxBytes: 100Mi}
            usage: {sampleSeconds: 10}
            privileged: false
            init: false
            readOnlyRootFilesystem: false
            """;
}
