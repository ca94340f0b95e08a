package dev.longshore.operator;

import dev.longshore.archive.ArchiveOptions;
import dev.longshore.testing.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operator for a namespace of its own. */
final class TestOperator extends TestNamespace implements AutoCloseable {
    private Set<String> watched;
    private final KubernetesClient operatorsClient;
    private final Map<String, String> environment;
    private Duration releaseAfter = Duration.ofSeconds(600);
    private Optional<ArchiveOptions> archive = Optional.empty();
    private LongshoreOperator operator;

    /** @param others namespaces that it watches, too */
    TestOperator(String... others) {
        this(TestCluster.shared().client(), others);
    }

    /** @param environment that says whether it sends traces */
    TestOperator(Map<String, String> environment) {
        this(TestCluster.shared().client(), environment);
    }

    /** @param operatorsClient what the operator sees of the cluster, by a way of its own */
    TestOperator(KubernetesClient operatorsClient, String... others) {
        this(operatorsClient, Map.of(), others);
    }

    private TestOperator(KubernetesClient operatorsClient, Map<String, String> environment, String... others) {
        this.operatorsClient = operatorsClient;
        this.environment = environment;
        watched = Stream.concat(Stream.of(namespace()), Stream.of(others)).collect(Collectors.toSet());
        start();
    }

    /** With whole logs in a folder. */
    static TestOperator withArchive(Path folder) {
        var operator = new TestOperator();
        operator.archive(folder);
        return operator;
    }

    /** From now on, after a restart. */
    void archive(Path folder) {
        archive = Optional.of(ArchiveOptions.of("file://" + folder.toAbsolutePath(), null, null));
        restart();
    }

    void start() {
        operator = new LongshoreOperator(
                operatorsClient,
                new OperatorOptions(
                        watched, "default", false, 0, releaseAfter, namespace(), Set.of("*"), false, archive),
                Tracing.of(environment));
        operator.start();
    }

    /** The containers go on; what this process knew is lost. */
    void stop() {
        operator.close();
    }

    void restart() {
        stop();
        start();
    }

    /** With another {@code --release-after}. */
    void restart(Duration longestHold) {
        releaseAfter = longestHold;
        restart();
    }

    /** Watches a namespace more. */
    void restartWith(String another) {
        stop();
        watched = Stream.concat(watched.stream(), Stream.of(another)).collect(Collectors.toSet());
        start();
    }

    int httpPort() {
        return operator.httpPort();
    }

    @Override
    public void close() {
        stop();
    }
}
