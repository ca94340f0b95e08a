package dev.longshore.cli;

import dev.longshore.operator.LongshoreOperator;
import dev.longshore.operator.OperatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longshore operator}. */
@Command(
        name = "operator",
        description = "Runs the operator until it is told to stop.",
        mixinStandardHelpOptions = true,
        footer = "Each option can also be given as an environment variable, such as LONGSHORE_HTTP_PORT.")
final class OperatorCommand implements Callable<Integer> {
    /** How log lines are written. */
    enum LogFormat {
        TEXT,
        JSON
    }

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            defaultValue = "${env:LONGSHORE_KUBECONFIG}",
            description = "Kubeconfig to use. Default: KUBECONFIG, ~/.kube/config, or the service account.")
    private Path kubeconfig;

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            split = ",",
            defaultValue = "${env:LONGSHORE_NAMESPACE}",
            description = "Namespace to watch; may be repeated. Default: all.")
    private List<String> namespaces;

    @Option(
            names = "--leader-elect",
            defaultValue = "${env:LONGSHORE_LEADER_ELECT:-false}",
            description = "Work only while holding the Lease, so that several operators can stand by.")
    private boolean leaderElect;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:LONGSHORE_HTTP_PORT:-8080}",
            description = "Port of /healthz and /readyz; 0 takes a free one. Default: 8080.")
    private int httpPort;

    @Option(
            names = "--release-after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "${env:LONGSHORE_RELEASE_AFTER:-600s}",
            description = "Longest time that an unreachable host may hold a deleted job. Default: 600s.")
    private Duration releaseAfter;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = "${env:LONGSHORE_INSTANCE:-longshore}",
            description = "Tells apart operators of one namespace. Default: longshore.")
    private String instance;

    @Option(
            names = "--allow-unix-from",
            paramLabel = "NS",
            split = ",",
            defaultValue = "${env:LONGSHORE_ALLOW_UNIX_FROM}",
            description = "Namespace whose DockerHosts may name a unix socket; may be repeated, * for all."
                    + " Default: in a cluster the operator's own, outside *.")
    private List<String> allowUnixFrom;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "${env:LONGSHORE_LOG_FORMAT:-text}",
            description = "How log lines are written. Default: text.")
    private LogFormat logFormat;

    @Override
    public Integer call() throws InterruptedException {
        Logging.format(logFormat);
        var cluster = ClusterAccess.of(kubeconfig);
        var operator = new LongshoreOperator(cluster.client(), options(cluster));
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            operator.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        operator.start();
        stopped.await();
        return 0;
    }

    private OperatorOptions options(ClusterAccess cluster) {
        var own = cluster.ownNamespace();
        var unix = set(allowUnixFrom);
        if (unix.isEmpty()) {
            unix = Set.of(cluster.isInside() ? own : "*");
        }
        return new OperatorOptions(set(namespaces), own, leaderElect, httpPort, releaseAfter, instance, unix);
    }

    private static Set<String> set(List<String> values) {
        return values == null
                ? Set.of()
                : values.stream().filter(value -> !value.isBlank()).collect(Collectors.toSet());
    }
}
