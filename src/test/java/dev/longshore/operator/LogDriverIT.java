package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.JobResultValue;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import io.fabric8.kubernetes.api.model.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that choose a log driver, on this machine's daemon. No collector is there. */
@OnEachDaemon
@Execution(ExecutionMode.CONCURRENT)
class LogDriverIT {
    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator();
        operator.createHost("logging", """
                endpoint: %s
                policy:
                  allowedLogDrivers:
                  - {driver: none}
                  - {driver: local}
                  - {driver: no-such-driver}
                  - {driver: json-file, options: [max-size, max-file, no-such-option]}
                  - {driver: syslog, options: [syslog-address, cache-disabled]}
                  - {driver: fluentd, options: [fluentd-address]}
                """.formatted(LocalDocker.HOST));
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private ContainerJobStatus run(String logging) {
        operator.createJobOn("logging", "job", """
                command: [sh, -c, 'echo printed; echo 12 > /rows']
                results: [{name: rows, path: /rows}]
                logging: %s
                """.formatted(logging));
        return operator.awaitFinished("job").getStatus();
    }

    private static void assertKept(ContainerJobStatus status) {
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs()).isEqualTo(new JobLogs("printed\n", "", false));
        assertThat(status.message()).isEqualTo("container exited with code 0");
    }

    /** As Podman has few. */
    private static void assertUnknown(ContainerJobStatus status) {
        assertThat(status.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(status.message()).startsWith("failed to create container: ").contains("invalid log driver");
    }

    @Test
    void aLogOfTheUsualDriverIsInTheStatus() {
        assertKept(run("{driver: json-file, options: {max-size: 1m, max-file: '2'}}"));
    }

    @ParameterizedTest
    @Shows(Capability.LOG_DRIVERS)
    @CsvSource(delimiter = '|', textBlock = """
            {driver: local}
            # The daemon keeps some of it itself.
            {driver: syslog, options: {syslog-address: "udp://127.0.0.1:9"}}
            """)
    void aLogThatCanBeReadIsInTheStatus(String logging, LocalDocker docker) {
        var status = run(logging);
        docker.check(Capability.LOG_DRIVERS, () -> assertKept(status), () -> assertUnknown(status));
    }

    private static void assertUnreadable(ContainerJobStatus status) {
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs()).isEqualTo(new JobLogs("", "", true));
        assertThat(status.message())
                .startsWith("container exited with code 0; failed to read log: ")
                // Docker's words, or Podman's.
                .matches(".*(configured logging driver does not support reading|cannot read logs: .*)");
        assertThat(status.results()).containsExactly(new JobResultValue("rows", "12\n", null));
    }

    @Test
    @Shows(Capability.LOG_DRIVER_NONE)
    void oneThatIsNotKeptCostsNeitherTheResultNorItsFiles() {
        assertUnreadable(run("{driver: none}"));
    }

    @Test
    @Shows(Capability.LOG_DRIVERS)
    void norDoesOneThatCannotBeRead(LocalDocker docker) {
        var status = run("{driver: syslog, options: {syslog-address: 'udp://127.0.0.1:9', cache-disabled: 'true'}}");
        docker.check(Capability.LOG_DRIVERS, () -> assertUnreadable(status), () -> assertUnknown(status));
    }

    @Test
    void aDriverThatTheDaemonDoesNotKnowIsItsRefusalToCreate() {
        var status = run("{driver: no-such-driver}");
        assertThat(status.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(status.message())
                .startsWith("failed to create container: ")
                .containsAnyOf("plugin \"no-such-driver\" not found", "invalid log driver");
    }

    @Test
    @Shows(Capability.LOG_OPTIONS)
    void soIsAnOption(LocalDocker docker) {
        var status = run("{driver: json-file, options: {no-such-option: a}}");
        docker.check(
                Capability.LOG_OPTIONS,
                () -> {
                    assertThat(status.reason()).isEqualTo(JobReason.CREATE_FAILED);
                    assertThat(status.message())
                            .isEqualTo("failed to create container: unknown log opt 'no-such-option' for json-file log"
                                    + " driver");
                },
                () -> assertKept(status));
    }

    private static void assertNotStarted(ContainerJobStatus status, String message) {
        assertThat(status.reason()).isEqualTo(JobReason.START_FAILED);
        assertThat(status.exitCode()).isNull();
        assertThat(status.message())
                .startsWith("failed to start container: ")
                .endsWith("failed to initialize logging driver: " + message);
    }

    @Test
    @Shows(Capability.LOG_DRIVERS)
    void aDriverThatDoesNotWorkIsItsRefusalToStart(LocalDocker docker) {
        var status = run("{driver: fluentd, options: {fluentd-address: '127.0.0.1:1'}}");
        docker.check(
                Capability.LOG_DRIVERS,
                () -> assertNotStarted(status, "dial tcp 127.0.0.1:1: connect: connection refused"),
                () -> assertUnknown(status));
        assertNoFaultOfTheHost();
    }

    @Test
    void soIsAnOptionThatMakesNoSense() {
        var status = run("{driver: json-file, options: {max-size: much}}");
        assertThat(status.reason()).isIn(JobReason.START_FAILED, JobReason.CREATE_FAILED);
        assertThat(status.exitCode()).isNull();
        assertThat(status.message()).endsWith("invalid size: 'much'");
        assertNoFaultOfTheHost();
    }

    private void assertNoFaultOfTheHost() {
        assertThat(operator.host("logging").getStatus().conditions())
                .filteredOn(condition -> condition.getType().equals("Degraded"))
                .extracting(Condition::getStatus)
                .doesNotContain("True");
        await().untilAsserted(
                        () -> assertThat(Containers.of(operator.job("job"))).isEmpty());
    }

    @Test
    void whatThePolicyDoesNotNameIsDenied() {
        var status = run("{driver: fluentd, options: {fluentd-address: a, env: PASSWORD, tag: t}}");
        assertThat(status.reason()).isEqualTo(JobReason.POLICY_DENIED);
        assertThat(status.message())
                .contains("option env of log driver fluentd is not allowed (policy.allowedLogDrivers); "
                        + "option tag of log driver fluentd is not allowed (policy.allowedLogDrivers)")
                .doesNotContain("fluentd-address");
    }
}
