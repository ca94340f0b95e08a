package dev.longshore.cli;

import dev.longshore.archive.ArchiveOptions;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longshore operator}. */
@Command(
        name = "operator",
        description = "Run the operator.",
        mixinStandardHelpOptions = true,
        defaultValueProvider = EnvironmentDefaults.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0, 143:stopped by a signal",
            "1:lost the Lease to another operator, or the API server's data store was replaced",
            "2:bad usage, or the API server cannot be used"
        },
        footerHeading = "%n",
        footer = "Each option can also be set in the environment, such as LONGSHORE_HTTP_PORT for --http-port."
                + " OTEL_EXPORTER_OTLP_ENDPOINT enables traces.")
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
            description = "Path to the kubeconfig. Default: KUBECONFIG, ~/.kube/config, or the service account.")
    private Path kubeconfig;

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            split = ",",
            description = "Namespace to watch; may be repeated. Default: all namespaces.")
    private List<String> namespaces;

    @Option(
            names = "--leader-elect",
            // With a value of its own: picocli would take the bare flag to turn a default of true into false.
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            defaultValue = "false",
            description = "Enable leader election with a Lease, to run several replicas.")
    private boolean leaderElect;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port for /healthz, /readyz and /metrics; 0 picks a free one. Default: 8080.")
    private int httpPort;

    @Option(
            names = "--release-after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "600s",
            description = "Maximum time that an unreachable host delays the deletion of a job. Default: 600s.")
    private Duration releaseAfter;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = "longshore",
            description = "Name that distinguishes the operators of one namespace. Default: longshore.")
    private String instance;

    @Option(
            names = "--allow-unix-from",
            paramLabel = "NS",
            split = ",",
            description = "Namespace whose DockerHosts may use a unix socket; may be repeated, * for all."
                    + " Default: the operator's own in a cluster, otherwise *.")
    private List<String> allowUnixFrom;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Log format. Default: text.")
    private LogFormat logFormat;

    @Option(
            names = "--log-level-file",
            paramLabel = "FILE",
            description = "File that contains the log level, such as DEBUG; changes apply within a few seconds."
                    + " If empty or absent: LONGSHORE_LOG_LEVEL, else INFO.")
    private Path logLevelFile;

    @Mixin
    private LogArchiveOptions logArchive;

    @Override
    public Integer call() throws InterruptedException {
        Logging.format(logFormat);
        if (logLevelFile != null) {
            LogLevelFile.follow(logLevelFile);
        }
        check(
                httpPort >= 0 && httpPort <= HIGHEST_PORT,
                "--http-port",
                "--http-port " + httpPort + ": must be a port from 0 to 65535");
        check(
                kubeconfig == null || Files.isReadable(kubeconfig),
                "--kubeconfig",
                "failed to read kubeconfig " + kubeconfig + ": check its path");
        var archive = logArchive.options();
        var traces = Tracing.of(System.getenv());
        var cluster = ClusterAccess.of(kubeconfig);
        var operator = operator(cluster, options(cluster, archive), traces);
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

    private static LongshoreOperator operator(ClusterAccess cluster, OperatorOptions options, JobTraces traces) {
        try {
            var operator = new LongshoreOperator(cluster.client(), options, traces);
            operator.requireKinds();
            return operator;
        } catch (KubernetesClientException e) {
            throw ClusterFailure.of(e, cluster.client().getMasterUrl().toString());
        }
    }

    /** @param option that has the bad value, wherever that is from */
    private void check(boolean good, String option, String message) {
        if (!good) {
            var argument = spec.findOption(option);
            throw new ParameterException(
                    spec.commandLine(), message, argument, String.valueOf((Object) argument.getValue()));
        }
    }

    private OperatorOptions options(ClusterAccess cluster, Optional<ArchiveOptions> archive) {
        var own = cluster.ownNamespace();
        var unix = set(allowUnixFrom);
        if (unix.isEmpty()) {
            unix = Set.of(cluster.isInside() ? own : "*");
        }
        return new OperatorOptions(
                set(namespaces), own, leaderElect, httpPort, releaseAfter, instance, unix, false, archive);
    }

    private static Set<String> set(List<String> values) {
        return values == null
                ? Set.of()
                : values.stream().filter(value -> !value.isBlank()).collect(Collectors.toSet());
    }
}
