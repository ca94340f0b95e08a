package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.testing.OnEachDaemon;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A secret value is nowhere but in the container. */
@OnEachDaemon
class SecrecyIT {
    private static final String VALUE = "hunter2-is-not-to-be-seen";
    private static final String FILE = "neither-is-this-line";

    private static final String REMOVES =
            "cat /run/credentials/file >&2; rm -r /run/credentials; sleep 2; echo pw $PASSWORD";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private TestOperator operator;

    @BeforeEach
    void start() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        operator = new TestOperator();
        operator.createHost();
        operator.create("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: credentials
                stringData:
                  password: %s
                  file: |
                    %s
                    and its second line
                """.formatted(VALUE, FILE));
    }

    @AfterEach
    void stop() {
        operator.close();
        root.setLevel(level);
        root.detachAppender(log);
    }

    @Test
    void whatAJobPrintsIsMaskedEverywhere() {
        operator.createJob("prints", template("echo pw $PASSWORD; cat /run/credentials/file >&2"));
        var status = operator.awaitFinished("prints").getStatus();
        assertThat(status.logs().stdout()).isEqualTo("pw ***\n");
        assertThat(status.logs().stderr()).isEqualTo("***\n***\n");
        assertNowhere();
    }

    @Test
    void alsoAfterARestartWithTheSecretChangedMeanwhile() {
        operator.createJob("later", template("sleep 2; echo pw $PASSWORD; cat /run/credentials/file >&2"));
        operator.awaitRunning("later");
        operator.stop();
        operator.deleteSecret("credentials");
        operator.start();
        var status = operator.awaitFinished("later").getStatus();
        assertThat(status.logs().stdout()).isEqualTo("pw ***\n");
        assertThat(status.logs().stderr()).isEqualTo("***\n***\n");
        assertNowhere();
    }

    @Test
    void alsoWhenTheProgramRemovedItsFile() {
        operator.createJob("removes", template(REMOVES));
        operator.awaitRunning("removes");
        operator.stop();
        operator.start();
        var status = operator.awaitFinished("removes").getStatus();
        assertThat(status.logs().stderr()).isEqualTo("***\n***\n");
        assertNowhere();
    }

    @Test
    void noLogIsKeptWhereTheValuesAreNowhereToBeFound() {
        operator.createJob("unknown", template(REMOVES));
        operator.awaitRunning("unknown");
        operator.stop();
        operator.deleteSecret("credentials");
        operator.start();
        var status = operator.awaitFinished("unknown").getStatus();
        assertThat(status.exitCode()).isZero();
        assertThat(status.logs().stdout()).isEmpty();
        assertThat(status.logs().stderr()).isEmpty();
        assertThat(status.message())
                .contains("log not stored: a Secret of spec.secretFiles changed, so its values cannot be masked");
        assertNowhere();
    }

    @Test
    void norInTheMessageOfAContainerThatCannotBeStarted() {
        operator.createJob("fails", """
                command: [/no/such/%s]
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: credentials, key: password}}}]
                """.formatted(VALUE));
        assertThat(operator.awaitFinished("fails").getStatus().message()).contains("/no/such/***");
    }

    private static String template(String script) {
        return """
                command: [sh, -c, '%s']
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: credentials, key: password}}}]
                secretFiles: [{secretName: credentials, mountPath: /run/credentials}]
                """.formatted(script);
    }

    private void assertNowhere() {
        var client = operator.client();
        var namespace = operator.namespace();
        var everything = new ArrayList<Object>(client.resources(dev.longshore.api.ContainerJob.class)
                .inNamespace(namespace)
                .list()
                .getItems());
        everything.addAll(
                client.resources(DockerHost.class).inNamespace(namespace).list().getItems());
        everything.addAll(client.resources(ContainerTemplate.class)
                .inNamespace(namespace)
                .list()
                .getItems());
        everything.addAll(
                client.events().v1().events().inNamespace(namespace).list().getItems());
        assertThat(Serialization.asYaml(everything)).doesNotContain(VALUE, FILE);
        assertThat(lines()).noneMatch(line -> line.contains(VALUE) || line.contains(FILE));
    }

    private List<String> lines() {
        synchronized (log) {
            return List.copyOf(log.list).stream()
                    .map(event -> event.getFormattedMessage()
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                    .toList();
        }
    }
}
