package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.testing.Certificates;
import dev.longshore.testing.Metrics;
import dev.longshore.testing.TestSchedules;
import dev.longshore.testing.TlsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Dashboard, alert rules and documentation speak of metrics and labels that an operator really has. */
class ObservabilityIT {
    private static final Path CHART = Path.of("helm/longshore");
    private static final Pattern METRIC = Pattern.compile("\\b(?:longshore|operator_sdk|jvm|process|system)_\\w+");
    /** Matchers in braces, the labels of an aggregation, or of a variable. */
    private static final Pattern LABELS =
            Pattern.compile("(\\w+) ?(?:=~|!=|!~|=)\\s*\"|by \\(([^)]*)\\)|label_values\\(\\w+, (\\w+)\\)");

    private static final Pattern SHOWN = Pattern.compile("\\{\\{ ?(?:\\$labels\\.)?(\\w+) ?}}");
    private static final Pattern ROW =
            Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\|([^|]*)\\| ([^|]*) \\|", Pattern.MULTILINE);

    private static final ListAppender<ILoggingEvent> LINES = new ListAppender<>();

    private static Metrics metrics;

    /** A query, and what is shown of its result. */
    private record Query(String expression, String shown) {}

    @BeforeAll
    static void runJobs() throws IOException, GeneralSecurityException {
        var logger = (Logger) LoggerFactory.getLogger(LoggedEvents.class);
        logger.setLevel(Level.INFO);
        LINES.start();
        logger.addAppender(LINES);
        var authority = new Certificates("authority");
        try (var operator = new TestOperator();
                var docker = new TlsDocker(authority, "127.0.0.1")) {
            operator.createHost();
            createTlsHost(operator, authority, docker);
            createSchedule(operator);
            operator.createJob("good", "command: ['true']");
            operator.createJob("bad", "command: ['false']");
            operator.awaitFinished("good");
            operator.awaitFinished("bad");
            operator.awaitFinished(TestSchedules.jobName("scheduled"));
            metrics = await().until(
                            () -> Metrics.scrape(operator.httpPort()),
                            observed -> observed.sum("longshore_jobs_finished_total") == 3
                                    && observed.text().contains("longshore_cron_last_success_timestamp_seconds{"));
        } finally {
            logger.detachAppender(LINES);
            logger.setLevel(null);
        }
    }

    /** Some metrics are of hosts with certificates alone, or with room. */
    private static void createTlsHost(TestOperator operator, Certificates authority, TlsDocker docker) {
        operator.client()
                .resource(TlsHostIT.secret(operator, "secured", authority, authority.issue("EC", "client")))
                .create();
        operator.createHost(
                "secured",
                "endpoint: tcp://127.0.0.1:%d\ntls: {secretName: secured}\nallocatable: {cpu: 1}"
                        .formatted(docker.port()));
        operator.awaitReady("secured");
    }

    /** One that has a job that succeeded. */
    private static void createSchedule(TestOperator operator) {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: scheduled}
                spec:
                  schedule: "%s"
                  jobTemplate:
                    spec:
                      hostRef: {name: local}
                      template: {image: 'busybox:stable', command: ['true']}
                """.formatted(TestSchedules.YEARLY));
        TestSchedules.makeDue(operator.client(), operator.namespace(), "scheduled");
    }

    @Test
    void theLogTellsOfTheLifeOfJobsAndHosts() {
        assertThat(LINES.list)
                .extracting(line -> line.getMDCPropertyMap().getOrDefault("job", "") + " "
                        + line.getFormattedMessage().replaceAll("[:,] .*", ""))
                .containsOnlyOnce(
                        "good Started", "bad Started", "good Completed (exit code 0)", "bad Failed (NonZeroExit")
                .anyMatch(line -> line.matches(" DockerHost \\S+ Ready"));
    }

    @Test
    void everyQueryOfTheDashboardFindsItsMetricsAndLabels() throws IOException {
        var dashboard = new ObjectMapper()
                .readTree(CHART.resolve("dashboards/longshore.json").toFile());
        var queries = new ArrayList<Query>();
        for (var panel : dashboard.path("panels")) {
            for (var target : panel.path("targets")) {
                queries.add(new Query(text(target, "expr"), text(target, "legendFormat")));
            }
        }
        for (var variable : dashboard.path("templating").path("list")) {
            if (text(variable, "type").equals("query")) {
                queries.add(new Query(text(variable, "query"), ""));
            }
        }
        assertThat(queries).hasSizeGreaterThan(15).allSatisfy(ObservabilityIT::check);
    }

    @Test
    void everyAlertFindsItsMetricsAndLabelsAndSaysWhatToDo() throws IOException {
        var rules = new YAMLMapper()
                .readTree(CHART.resolve("files/alerts.yaml").toFile())
                .path("groups")
                .path(0)
                .path("rules");
        assertThat(rules).hasSizeGreaterThan(4).allSatisfy(rule -> {
            check(new Query(text(rule, "expr"), text(rule.path("annotations"), "summary")));
            assertThat(text(rule.path("annotations"), "runbook")).isNotBlank();
            assertThat(text(rule, "for")).isNotBlank();
        });
    }

    @Test
    void theDocumentationHasEachMetricWithItsTypeAndLabels() throws IOException {
        var documented = new TreeSet<String>();
        var row = ROW.matcher(Files.readString(Path.of("docs/metrics.md")));
        while (row.find()) {
            var name = row.group(1);
            documented.add(name);
            assertThat(metrics.type(name)).as(name).isEqualTo(row.group(2));
            assertThat(Arrays.stream(row.group(3).split(", ")).filter(label -> !label.isBlank()))
                    .as(name)
                    .map(label -> label.strip().replace("`", ""))
                    .containsExactlyInAnyOrderElementsOf(labels(name));
            assertThat(metrics.text()).contains("# HELP " + name + " " + row.group(4) + "\n");
        }
        assertThat(metrics.text()
                        .lines()
                        .filter(line -> line.startsWith("# TYPE longshore_") && !line.endsWith("_max gauge"))
                        .map(line -> line.split(" ")[2]))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    private static void check(Query query) {
        var names = METRIC.matcher(query.expression())
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(names).as(query.expression()).isNotEmpty();
        var labels = new TreeSet<String>();
        for (var name : names) {
            assertThat(metrics.samples())
                    .as(query.expression())
                    .anyMatch(sample -> sample.name().equals(name));
            labels.addAll(metrics.labels(name));
        }
        var used = new TreeSet<String>();
        LABELS.matcher(query.expression()).results().forEach(found -> {
            for (var group = 1; group <= found.groupCount(); group++) {
                if (found.group(group) != null) {
                    used.addAll(List.of(found.group(group).split(", ")));
                }
            }
        });
        SHOWN.matcher(query.shown()).results().forEach(found -> used.add(found.group(1)));
        assertThat(labels).as(query.expression()).containsAll(used);
    }

    private static Set<String> labels(String name) {
        var all = new TreeSet<>(metrics.labels(name));
        all.addAll(metrics.labels(name + "_count"));
        return all;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
