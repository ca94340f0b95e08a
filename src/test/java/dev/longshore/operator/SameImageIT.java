package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobReason;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.LocalRegistry;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A job whose tag moves in the registry between two attempts. */
@NeedsDocker
@EnabledIf("dev.longshore.testing.LocalRegistry#isHere")
class SameImageIT {
    private static final String PATH = "team/app";

    @TempDir
    private static Path folder;

    private static LocalRegistry registry;
    private static TestOperator operator;
    private static String tag;

    private String first;
    private String second;

    @BeforeAll
    static void start() throws IOException {
        registry = new LocalRegistry(folder);
        tag = registry.name() + "/" + PATH + ":1";
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
        registry.close();
    }

    @AfterEach
    void removeImages(LocalDocker docker) {
        LocalRegistry.remove(docker, tag, reference(first), reference(second));
    }

    private static String reference(String digest) {
        return registry.name() + "/" + PATH + "@" + digest;
    }

    /** Until its first attempt runs version 1, and the tag is version 2. */
    private void start(LocalDocker docker, String name) {
        first = registry.push(docker, PATH, "1", "1 of " + name);
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                  hostRef: {name: local}
                  template:
                    image: %s
                    imagePullPolicy: Always
                    command: [sleep, "600"]
                    retry: {limit: 1, initialDelaySeconds: 1}
                """.formatted(name, tag));
        var status = operator.awaitRunning(name).getStatus();
        assertThat(status.imageDigest()).isEqualTo(reference(first));
        second = registry.push(docker, PATH, "1", "2 of " + name);
        assertThat(second).isNotEqualTo(first);
    }

    private static void kill(LocalDocker docker, ContainerJob job) {
        docker.client().killContainerCmd(job.getStatus().containerID()).exec();
    }

    @Test
    void theNextAttemptRunsTheImageOfTheFirst(LocalDocker docker) {
        start(docker, "moved");
        kill(docker, operator.job("moved"));
        await().atMost(TestOperator.SOON)
                .until(() -> operator.awaitRunning("moved").getStatus().attempt() == 2);
        var job = operator.job("moved");
        var container = docker.client()
                .inspectContainerCmd(job.getStatus().containerID())
                .exec();
        assertThat(container.getConfig().getEnv()).contains("VERSION=1 of moved");
        // What docker ps shows, without the digest.
        assertThat(container.getConfig().getImage()).isEqualTo(reference(first));
        assertThat(job.getStatus().imageDigest()).isEqualTo(reference(first));
        assertThat(job.getStatus().effective().image()).isEqualTo(tag);
        kill(docker, job);
        operator.awaitFinished("moved");
    }

    /** The daemon itself remembers what it once pulled; this is one that it never had. */
    @Test
    void anImageThatTheRegistryLostFailsTheAttemptInWordsThatSayWhatToDo(LocalDocker docker) {
        start(docker, "lost");
        var lost = reference("sha256:" + "f".repeat(64));
        operator.client()
                .resources(ContainerJob.class)
                .inNamespace(operator.namespace())
                .withName("lost")
                .editStatus(job -> {
                    job.setStatus(ContainerJobStatusBuilder.builder(job.getStatus())
                            .imageDigest(lost)
                            .build());
                    return job;
                });
        kill(docker, operator.job("lost"));
        var status = operator.awaitFinished("lost").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.IMAGE_PULL_FAILED);
        assertThat(status.attempt()).isEqualTo(2);
        assertThat(status.message())
                .startsWith("failed to pull image " + lost + " on DockerHost " + operator.namespace() + "/local: ")
                .containsAnyOf("manifest unknown", ": not found;")
                .endsWith("push it to the registry again, or submit the job again to use " + tag + " as it is now");
    }
}
