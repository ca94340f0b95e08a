package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.JobResultValue;
import dev.longshore.testing.LocalDocker;
import io.fabric8.kubernetes.api.model.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that choose a log driver, on this machine's daemon. No collector is there. */
class LogDriverIT {
    private static final String UNREADABLE =
            "container exited with code 0; failed to read log: configured logging driver does not support reading";

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {driver: local}
            {driver: json-file, options: {max-size: 1m, max-file: "2"}}
            # The daemon keeps some of it itself.
            {driver: syslog, options: {syslog-address: "udp://127.0.0.1:9"}}
            """)
    void aLogThatCanBeReadIsInTheStatus(String logging) {
        var status = run(logging);
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs()).isEqualTo(new JobLogs("printed\n", "", false));
        assertThat(status.message()).isEqualTo("container exited with code 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {driver: none}
            {driver: syslog, options: {syslog-address: "udp://127.0.0.1:9", cache-disabled: "true"}}
            """)
    void oneThatCannotCostsNeitherTheResultNorItsFiles(String logging) {
        var status = run(logging);
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs()).isEqualTo(new JobLogs("", "", true));
        assertThat(status.message()).isEqualTo(UNREADABLE);
        assertThat(status.results()).containsExactly(new JobResultValue("rows", "12\n", null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {driver: no-such-driver} | error looking up logging plugin no-such-driver: plugin "no-such-driver" not found
            {driver: json-file, options: {no-such-option: a}} | unknown log opt 'no-such-option' for json-file log driver
            """)
    void whatTheDaemonDoesNotKnowIsItsRefusalToCreate(String logging, String message) {
        var status = run(logging);
        assertThat(status.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(status.message()).isEqualTo("failed to create container: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {driver: fluentd, options: {fluentd-address: "127.0.0.1:1"}} | dial tcp 127.0.0.1:1: connect: connection refused
            {driver: json-file, options: {max-size: much}} | invalid size: 'much'
            """)
    void whatDoesNotWorkIsItsRefusalToStartAndNoFaultOfTheHost(String logging, String message) {
        var status = run(logging);
        assertThat(status.reason()).isEqualTo(JobReason.START_FAILED);
        assertThat(status.exitCode()).isNull();
        assertThat(status.message())
                .startsWith("failed to start container: ")
                .endsWith("failed to initialize logging driver: " + message);
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
