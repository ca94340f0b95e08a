package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.ServiceAccountLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
