package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobReason;
import dev.longshore.api.JobResultValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of containers that ended, in the statuses of their jobs. */
class ResultsIT {
    private static final String VALUE = "hunter2-is-not-to-be-seen";

    private static final String ALL = """
            command:
            - sh
            - -c
            - |
              mkdir -p /out/folder
              echo 12 > /out/rows; touch /out/empty; printf '\\377' > /out/binary; echo in memory > /tmpfs/file
              head -c 4096 /dev/zero > /out/zeros; head -c 4097 /dev/zero > /out/large
              ln -s /out/rows /out/link; ln -s /out /linked
              exit 3
            volumes: [{mountPath: /tmpfs, tmpfs: {size: 1Mi}}]
            results:
            - {name: rows, path: /out/rows}
            - {name: empty, path: /out/empty}
            - {name: zeros, path: /out/zeros}
            - {name: large, path: /out/large}
            - {name: binary, path: /out/binary}
            - {name: link, path: /out/link}
            - {name: linked, path: /linked/rows}
            - {name: folder, path: /out/folder}
            - {name: below-a-file, path: /out/rows/file}
            - {name: in-memory, path: /tmpfs/file}
            """;

    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator();
        operator.createHost();
        operator.create("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: credentials
                stringData:
                  password: %s
                """.formatted(VALUE));
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static JobResultValue value(String name, String value) {
        return new JobResultValue(name, value, null);
    }

    private static JobResultValue error(String name, String error) {
        return new JobResultValue(name, null, error);
    }

    @Test
    void eachFileOfAFailedJobIsAValueOrAnError() {
        operator.createJob("all", ALL);
        var status = operator.awaitFinished("all").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.NON_ZERO_EXIT);
        assertThat(status.message()).isEqualTo("container exited with code 3");
        assertThat(status.results())
                .containsExactly(
                        value("rows", "12\n"),
                        value("empty", ""),
                        value("zeros", "\0".repeat(4096)),
                        error("large", "too large: limit is 4096 bytes"),
                        error("binary", "not UTF-8"),
                        error("link", "not a regular file: symbolic links are not followed"),
                        value("linked", "12\n"),
                        error("folder", "not a regular file"),
                        error("below-a-file", "no such file"),
                        error("in-memory", "no such file"));
    }

    @Test
    void theyAreOfTheLastAttemptAndStayWhenTheJobIsEdited() {
        operator.createJob("again", """
                command: [sh, -c, 'echo $HOSTNAME > /attempt; exit 3']
                results: [{name: attempt, path: /attempt}]
                retry: {limit: 1, initialDelaySeconds: 2}
                """);
        var first = operator.awaitReason("again", "RetryBackoff").getStatus().results();
        assertThat(first.get(0).value()).isNotBlank();
        var status = operator.awaitFinished("again").getStatus();
        assertThat(status.results().get(0).value())
                .isNotBlank()
                .isNotEqualTo(first.get(0).value());
        operator.edit("again", job -> job.ttlSecondsAfterFinished(3600));
        await().atMost(TestOperator.SOON).until(() -> isObserved(operator.job("again")));
        assertThat(operator.job("again").getStatus().results()).isEqualTo(status.results());
    }

    private static boolean isObserved(ContainerJob job) {
        return job.getStatus().observedGeneration().equals(job.getMetadata().getGeneration());
    }

    @Test
    void secretsAreMaskedAlsoAfterARestartAndWithoutALog() {
        operator.createJob("masked", job("sleep 2; cp /run/credentials/password /out; echo $PASSWORD >> /out"));
        operator.awaitRunning("masked");
        operator.restart();
        var status = operator.awaitFinished("masked").getStatus();
        assertThat(status.results()).containsExactly(value("out", "******\n"));
        assertThat(status.logs()).isEqualTo(new JobLogs("", "", false));
    }

    @Test
    void noValueIsStoredWhereItsSecretsAreNowhereToBeFound() {
        operator.createJob("unknown", job("cp /run/credentials/password /out; rm -r /run/credentials; sleep 2"));
        operator.awaitRunning("unknown");
        operator.stop();
        operator.deleteSecret("credentials");
        operator.start();
        var status = operator.awaitFinished("unknown").getStatus();
        assertThat(status.message()).isEqualTo("container exited with code 0");
        assertThat(status.results())
                .isEqualTo(List.of(error(
                        "out", "not stored: a Secret of spec.secretFiles changed, so its values cannot be masked")));
    }

    private static String job(String script) {
        return """
                command: [sh, -c, '%s']
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: credentials, key: password}}}]
                secretFiles: [{secretName: credentials, mountPath: /run/credentials}]
                logs: {tailBytes: 0}
                results: [{name: out, path: /out}]
                """.formatted(script);
    }
}
