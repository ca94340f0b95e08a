package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.AuthConfig;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.LocalRegistry;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OtlpReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a registry that wants a user and a password. */
@NeedsDocker
@EnabledIf("dev.longshore.testing.LocalRegistry#isHere")
class RegistryIT {
    private static final String USER = "puller";
    private static final String PASSWORD = "s3cr3t-pw";
    /** Of the two, as {@code htpasswd -nbB} prints it. */
    private static final String HTPASSWD = "puller:$2y$05$ScbrDBOchkFjyddcCM28ceTtn6RKz/hHWwQ2dsQn7vZLa2V64bW4S";

    @TempDir
    private static Path folder;

    private static String registry;
    private static LocalRegistry server;
    private static final OtlpReceiver collector = new OtlpReceiver();
    private static TestOperator operator;

    @BeforeAll
    static void start(LocalDocker docker) throws IOException {
        server = new LocalRegistry(folder, HTPASSWD);
        registry = server.name();
        push(docker);
        operator = new TestOperator(collector.environment());
        operator.createHost();
    }

    /** The image is in the registry afterwards, and on the daemon no more. */
    private static void push(LocalDocker docker) {
        var repository = registry + "/team/app";
        docker.client().tagImageCmd(LocalDocker.IMAGE, repository, "1").exec();
        LocalRegistry.push(
                docker,
                repository + ":1",
                new AuthConfig()
                        .withUsername(USER)
                        .withPassword(PASSWORD)
                        // Without it, a daemon with a containerd image store does not know for whom they are.
                        .withRegistryAddress(registry));
        remove(docker);
    }

    private static void remove(LocalDocker docker) {
        docker.client().removeImageCmd(registry + "/team/app:1").exec();
    }

    @AfterAll
    static void stop() {
        operator.close();
        collector.close();
        server.close();
    }

    private static void createJob(String name, String password) {
        createJob(name, password, "");
    }

    private static void createJob(String name, String password, String fields) {
        var config =
                "{\"auths\":{\"%s\":{\"username\":\"%s\",\"password\":\"%s\"}}}".formatted(registry, USER, password);
        operator.create("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %1$s
                type: kubernetes.io/dockerconfigjson
                data:
                  .dockerconfigjson: %2$s
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %1$s
                spec:
                  hostRef: {name: local}
                  template:
                    image: %3$s/team/app:1
                    imagePullPolicy: Always
                    imagePullSecrets: [{name: %1$s}]
                    command: [echo, pulled]
                %4$s
                """.formatted(
                        name, Base64.getEncoder().encodeToString(config.getBytes(UTF_8)), registry, fields.indent(4)));
    }

    @Test
    void pullsWithTheCredentialsOfASecret(LocalDocker docker) {
        createJob("right", PASSWORD);
        var job = operator.awaitFinished("right");
        assertThat(job.getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(job.getStatus().logs().stdout()).isEqualTo("pulled\n");
        var trace = collector.await("right", 1).get(0);
        assertThat(trace.parts()).containsExactly("queue", "pull", "create", "run", "record");
        assertThat(trace.isInOrder()).as(trace.toString()).isTrue();
        assertThat(trace.attribute("container.image.name")).isEqualTo(registry + "/team/app:1");
        assertThat(collector.received()).doesNotContain(PASSWORD, USER);
        await().atMost(TestOperator.SOON).ignoreExceptions().until(() -> {
            remove(docker);
            return true;
        });
    }

    @Test
    void saysWhatTheDaemonSaysOfAnImageThatIsNotForThePlatform(LocalDocker docker) {
        createJob("elsewhere", PASSWORD, "platform: linux/s390x");
        var status = operator.awaitFinished("elsewhere").getStatus();
        assertThat(status.reason().value()).isEqualTo("ImagePullFailed");
        assertThat(status.message())
                .contains(registry + "/team/app:1", "linux/s390x")
                // With a containerd image store, the second.
                .containsAnyOf("does not match the specified platform", "does not provide the specified platform")
                .doesNotContain("gone");
        remove(docker);
    }

    @Test
    void reportsRefusedCredentials() {
        createJob("wrong", "not-the-password");
        var status = operator.awaitFinished("wrong").getStatus();
        assertThat(status.reason().value()).isEqualTo("ImagePullFailed");
        assertThat(status.message()).contains(registry + "/team/app:1").doesNotContain("not-the-password");
    }
}
