package dev.longshore.cli;

import dev.longshore.api.DockerHost;
import dev.longshore.cli.output.DoctorReport;
import dev.longshore.client.Lookup;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.doctor.Checkup;
import dev.longshore.doctor.Finding;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.HostProblem;
import dev.longshore.host.UnixSockets;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore doctor}. */
@Command(
        name = "doctor",
        description = {
            "Check a Docker daemon: what will and will not work there, and how to mend it.",
            "Connects as the operator does, from this machine, and changes nothing on the daemon. A DockerHost is read from the"
                    + " cluster, with its TLS Secret and your own access; an endpoint needs no cluster. A unix socket is the one of"
                    + " this machine."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the daemon can be used",
            "1:it can be used, with warnings",
            "2:bad usage or input, or the daemon cannot be used: stderr says why"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int WARNINGS = 1;

    @Parameters(
            paramLabel = "HOST|ENDPOINT",
            description = "Name of a DockerHost, or an endpoint: unix:///path or tcp://host:port.")
    private String target;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description =
                    "Also check that the daemon finds this image in its registry, without credentials. Not on Podman, which asks a"
                            + " registry in a pull only.")
    private String image;

    @Mixin
    private TlsFiles tls;

    @Mixin
    private ClusterOptions cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        if (image != null) {
            ImageReference.parse(image);
        }
        if (target.contains("://")) {
            return report(target, EndpointMessages.of(check(endpoint())));
        }
        requireName(target);
        tls.requireNone("a DockerHost has its certificates in a Secret");
        return cluster.use(this::host);
    }

    /** What was written as elsewhere: a path, as of docker's -H, or a name with its namespace. */
    private static void requireName(String written) {
        try {
            Lookup.name(DockerHost.class, written);
        } catch (IllegalArgumentException e) {
            var parts = written.split("/", -1);
            if (parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + written + "' is not a name of a DockerHost: use " + parts[1] + " -n " + parts[0], e);
            }
            throw new IllegalArgumentException(
                    "'" + written + "' is neither a DockerHost nor an endpoint: expected a name, unix:///path or"
                            + " tcp://host:port",
                    e);
        }
    }

    private Endpoint endpoint() {
        if (!Endpoint.isUri(target)) {
            throw new IllegalArgumentException(
                    "'" + target + "' is not an endpoint: expected unix:///path or tcp://host:port");
        }
        if (target.startsWith("unix:")) {
            tls.requireNone("a unix socket has no TLS");
        }
        return new Endpoint(target, tls.read());
    }

    private int host(KubernetesClient client) {
        var host = Lookup.find(client, DockerHost.class, null, target);
        var findings = new ArrayList<Finding>();
        try {
            var endpoint = new HostEndpoints(
                            UnixSockets.ALL,
                            (namespace, name) -> Optional.ofNullable(client.secrets()
                                    .inNamespace(namespace)
                                    .withName(name)
                                    .get()))
                    .of(host);
            findings.addAll(check(endpoint));
        } catch (HostProblem e) {
            findings.add(Finding.error("connection", e.getMessage(), ""));
        }
        findings.addAll(DoctorReport.resource(host));
        return report("DockerHost " + HostKey.of(host) + " at " + host.getSpec().endpoint(), findings);
    }

    private List<Finding> check(Endpoint endpoint) {
        return new Checkup(new DockerJavaEngineFactory(), Clock.systemUTC()).of(endpoint, Optional.ofNullable(image));
    }

    private int report(String title, List<Finding> findings) {
        DoctorReport.print(title, findings, spec.commandLine().getOut());
        return switch (DoctorReport.worst(findings)) {
            case OK, NOTE -> 0;
            case WARNING -> WARNINGS;
            case ERROR -> {
                spec.commandLine().getErr().println(Problems.oneLine(DoctorReport.failure(title, findings)));
                yield Main.BAD_INPUT;
            }
        };
    }
}
