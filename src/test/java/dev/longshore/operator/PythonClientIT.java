package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.ApiServerRelay;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.ServiceAccountLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** How the client of {@code examples/python} reads, waits and reports errors. */
@NeedsApiServer
@NeedsDocker
@EnabledIf("dev.longshore.operator.Python#isHere")
class PythonClientIT {
    private static TestOperator operator;

    @TempDir
    private Path folder;

    private Python python;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @BeforeEach
    void usePython() {
        python = new Python(folder, ApiServer.shared().kubeconfig(), operator.namespace());
    }

    /** As after an etcd compaction: the API server answers the watch with 410 Gone. */
    @Test
    void startsOverWhereAWatchIsTooOld() throws IOException, InterruptedException {
        operator.createJob("old-watch", "command: ['true']");

        assertThat(python.type("""
                        pages, starts = cluster.pages, []
                        def old(kind, **selectors):
                            [page] = pages(kind, **selectors)
                            starts.append(page)
                            if len(starts) == 1:
                                page["metadata"]["resourceVersion"], page["items"][0]["status"] = "1", {}
                            return [page]
                        cluster.pages = old
                        print(phase(cluster.wait_finished("old-watch")), len(starts) > 1)
                        """)).containsExactly("Completed True");
    }

    @Test
    void startsOverWhereTheConnectionBreaks() throws Exception {
        operator.create(
                TestNamespace.job("cut-off", "command: ['true']").replace("hostRef:", "suspend: true\n  hostRef:"));
        var user = Executors.newSingleThreadExecutor();
        try (var relay = new ApiServerRelay()) {
            var relayed = new Python(folder, relay.kubeconfig(folder), operator.namespace());
            var observed = Files.createFile(folder.resolve("observed"));
            var printed = user.submit(() -> relayed.type("""
                    changes = cluster.changes
                    def observed(name, seconds):
                        for job in changes(name, seconds):
                            with open("%s", "a") as file:
                                print(job["spec"]["priority"], file=file)
                            yield job
                    cluster.changes = observed
                    print(describe(cluster.wait_finished("cut-off")))
                    """.formatted(observed)));
            await().atMost(TestOperator.SOON)
                    .until(() -> Files.readString(observed).contains("3"));
            // Of this change the client knows by its watch.
            operator.edit("cut-off", spec -> spec.priority(2));
            await().atMost(TestOperator.SOON)
                    .until(() -> Files.readString(observed).contains("2"));
            relay.cut();
            operator.edit("cut-off", spec -> spec.suspend(false));

            assertThat(printed.get()).singleElement(STRING).startsWith("cut-off: Completed");
        } finally {
            user.shutdown();
        }
    }

    @Test
    void countsOverSeveralPages() throws IOException, InterruptedException {
        for (var i = 0; i < 5; i++) {
            operator.create(TestNamespace.job("page-" + i, "command: ['true']")
                    .replace("hostRef:", "suspend: true\n  hostRef:")
                    .replace("metadata:", "metadata:\n  labels: {pages: counted}"));
        }

        assertThat(python.type(
                        "patterns.PAGE = 2",
                        "print(len(list(cluster.pages('ContainerJob', label_selector='pages=counted'))))",
                        "print(dict(monitor_jobs(cluster, 'pages=counted')))"))
                .containsExactly("3", "{'Pending': 5}");
    }

    @Test
    void explainsWhatTheApiServerRefuses() throws IOException, InterruptedException {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata:
                  name: of-another
                spec:
                  image: busybox:stable
                  envFrom: [{secretRef: {name: theirs}}]
                """);
        operator.create(
                TestNamespace.job("held", "command: ['true']").replace("hostRef:", "suspend: true\n  hostRef:"));

        assertThat(python.type(
                        "add_template_env_vars(cluster, 'of-another', {}, {})",
                        "configure_template(cluster, 'empty', '', [])",
                        "configure_template(cluster, 'typo', 'busybox:stable', [], tiemoutSeconds=1)",
                        "cluster.wait_finished('held', timeout=1)",
                        "cluster.wait_finished('deleted')"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("ContainerTemplate " + operator.namespace()
                                        + "/of-another: in conflict with another client: ")
                                .contains(".spec.envFrom"),
                        line -> assertThat(line)
                                .startsWith("ContainerTemplate " + operator.namespace() + "/empty: invalid: ")
                                .contains("spec.image"),
                        line -> assertThat(line)
                                .contains("/typo: ", ".spec.tiemoutSeconds: field not declared in schema"),
                        line -> assertThat(line)
                                .startsWith("ContainerJob held: Pending (Suspended): ")
                                .endsWith("; not finished after 1 s"),
                        line -> assertThat(line).endsWith("/deleted was deleted before it finished"));
    }

    @Test
    void explainsWhatAUserMayNotDo() throws IOException, InterruptedException {
        operator.create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: nobody
                """);
        var login = ServiceAccountLogin.write(folder.resolve("kubeconfig"), operator.namespace(), "nobody");
        var user = new Python(folder, login, operator.namespace());

        assertThat(user.type("get_job_summary(cluster)"))
                .singleElement(STRING)
                .startsWith("ContainerJobs of namespace " + operator.namespace() + ": not allowed: ")
                .contains("cannot list")
                .endsWith("; the ClusterRole edit allows it");
    }

    @Test
    void namesAnApiServerThatDoesNotRespond() throws IOException, InterruptedException {
        var file = folder.resolve("kubeconfig");
        Files.writeString(
                file,
                Files.readString(ApiServer.shared().kubeconfig())
                        .replaceAll("(?m)server: .*$", "server: https://127.0.0.1:9"));

        assertThat(new Python(folder, file, operator.namespace()).type("get_job_summary(cluster)"))
                .singleElement(STRING)
                .contains(": the API server does not respond: ", "refused");
    }
}
