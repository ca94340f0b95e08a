package dev.longshore.cli;

import dev.longshore.client.ClusterFailure;
import dev.longshore.job.JobTraces;
import dev.longshore.operator.LongshoreOperator;
import dev.longshore.operator.OperatorOptions;
import dev.longshore.operator.Tracing;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longshore operator}. */
@Command(
        name = "operator",
        description = "Runs the operator until it is told to stop.",
        mixinStandardHelpOptions = true,
        defaultValueProvider = EnvironmentDefaults.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0, 143:it was told to stop",
            "1:it lost the Lease to another operator, or the API server's store is another one",
            "2:bad usage, or the API server cannot be used"
        },
        footerHeading = "%n",
        footer = "Each option is also taken from the environment: --http-port from LONGSHORE_HTTP_PORT."
                + " OTEL_EXPORTER_OTLP_ENDPOINT turns traces on.")
final class OperatorCommand implements Callable<Integer> {
    /** How log lines are written. */
    enum LogFormat {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int HIGHEST_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig to use. Default: KUBECONFIG, ~/.kube/config, or the service account.")
    private Path kubeconfig;

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            split = ",",
            description = "Namespace to watch; may be repeated. Default: all.")
    private List<String> namespaces;

    @Option(
            names = "--leader-elect",
            // With a value of its own: picocli would take the bare flag to turn a default of true into false.
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            defaultValue = "false",
            description = "Work only while holding the Lease, so that several operators can stand by.")
    private boolean leaderElect;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of /healthz, /readyz and /metrics; 0 takes a free one. Default: 8080.")
    private int httpPort;

    @Option(
            names = "--release-after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "600s",
            description = "Longest time that an unreachable host may hold a deleted job. Default: 600s.")
    private Duration releaseAfter;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = "longshore",
            description = "Tells apart operators of one namespace. Default: longshore.")
    private String instance;

    @Option(
            names = "--allow-unix-from",
            paramLabel = "NS",
            split = ",",
            description = "Namespace whose DockerHosts may name a unix socket; may be repeated, * for all."
                    + " Default: in a cluster the operator's own, outside *.")
    private List<String> allowUnixFrom;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How log lines are written. Default: text.")
    private LogFormat logFormat;

    @Option(
            names = "--log-level-file",
            paramLabel = "FILE",
            description = "File whose content, such as DEBUG, becomes the log level a few seconds after it changed;"
                    + " empty or absent: LONGSHORE_LOG_LEVEL, else INFO.")
    private Path logLevelFile;

    @Override
    public Integer call() throws InterruptedException {
        Logging.format(logFormat);
        if (logLevelFile != null) {
            LogLevelFile.follow(logLevelFile);
        }
        check(
                httpPort >= 0 && httpPort <= HIGHEST_PORT,
                "--http-port",
                "--http-port " + httpPort + ": a port is a number from 0 to 65535");
        check(
                kubeconfig == null || Files.isReadable(kubeconfig),
                "--kubeconfig",
                "kubeconfig " + kubeconfig + " cannot be read: correct its path");
        var traces = Tracing.of(System.getenv());
        var cluster = ClusterAccess.of(kubeconfig);
        var operator = operator(cluster, traces);
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

    private LongshoreOperator operator(ClusterAccess cluster, JobTraces traces) {
        try {
            var operator = new LongshoreOperator(cluster.client(), options(cluster), traces);
            operator.requireKinds();
            return operator;
        } catch (KubernetesClientException e) {
            throw ClusterFailure.of(e, cluster.client().getMasterUrl().toString());
        }
    }

    /** @param option that has the bad value, wherever that is from */
    private void check(boolean good, String option, String words) {
        if (!good) {
            var argument = spec.findOption(option);
            throw new ParameterException(
                    spec.commandLine(), words, argument, String.valueOf((Object) argument.getValue()));
        }
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
