package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets as large as they may be, in jobs and templates that make the most of them. */
class LargeSecretsIT {
    private static final int JOBS = 8;
    private static final int LINES = 60_000;

    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator();
        operator.createHost();
        operator.awaitReady("local");
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void jobsThatPrintASecretOf60000LinesAreMaskedAndTheirHostStaysReady() {
        secret(
                "lines",
                IntStream.range(0, LINES).mapToObj(line -> line + "-secret-\n").collect(Collectors.joining()));
        var ready = readySince();
        for (var job = 0; job < JOBS; job++) {
            operator.createJob("prints-" + job, """
                    command: [sh, -c, 'head -c 65536 /run/lines/value; echo end']
                    secretFiles: [{secretName: lines, mountPath: /run/lines}]
                    logs: {tailBytes: 65536}
                    """);
        }
        for (var job = 0; job < JOBS; job++) {
            var logs = operator.awaitFinished("prints-" + job).getStatus().logs();
            assertThat(logs.stdout())
                    .doesNotContain("-secret-")
                    .contains("***\n***\n")
                    .endsWith("end\n");
        }
        assertThat(readySince()).isEqualTo(ready);
    }

    @Test
    void oneThatIsNamedFarTooOftenFailsItsJobsAlone() {
        secret("big", "x".repeat(1000 << 10));
        var envFrom = IntStream.range(0, 64)
                .mapToObj(i -> "{prefix: P" + i + ", secretRef: {name: big}}")
                .collect(Collectors.joining(", "));
        var files = IntStream.range(0, 64)
                .mapToObj(i -> "{secretName: big, mountPath: /run/" + i + "}")
                .collect(Collectors.joining(", "));
        for (var i = 0; i < 16; i++) {
            operator.create("""
                    apiVersion: longshore.dev/v1
                    kind: ContainerTemplate
                    metadata: {name: hungry-%d}
                    spec: {image: 'busybox:stable', envFrom: [%s], secretFiles: [%s]}
                    """.formatted(i, envFrom, files));
        }
        operator.createJob("hungry", "envFrom: [%s]\nsecretFiles: [%s]\n".formatted(envFrom, files));
        var status = operator.awaitFinished("hungry").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(status.message())
                .contains(128L * (1000 << 10) + " bytes in total")
                .contains("at most 4194304 (4 MiB)");
        operator.createJob("modest", "command: ['true']\n");
        assertThat(operator.awaitFinished("modest").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
    }

    private String readySince() {
        return operator.host("local").getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> condition.getStatus() + " since " + condition.getLastTransitionTime())
                .findFirst()
                .orElseThrow();
    }

    private void secret(String name, String value) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(operator.namespace())
                .endMetadata()
                .addToData("value", Base64.getEncoder().encodeToString(value.getBytes(UTF_8)))
                .build();
        operator.client().resource(secret).create();
    }
}
