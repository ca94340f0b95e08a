package dev.longshore.cli;

import dev.longshore.devcluster.DevCluster;
import dev.longshore.operator.LongshoreOperator;
import dev.longshore.operator.OperatorOptions;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longshore dev}. */
@Command(
        name = "dev",
        description = {
            "Start a local Kubernetes API server with the operator, to try things with kubectl.",
            "Both listen on the loopback interface only. Everything is deleted when this process exits."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"2:failed to start", "130, 143:stopped by Ctrl-C or SIGTERM"},
        footerHeading = "%n",
        footer = {
            "etcd, kube-apiserver and kubectl are taken from KUBE_API_TEST_DIR, a directory"
                    + " that contains k8s/VERSION-OS-ARCHITECTURE, or else from ~/.kubeapitest,"
                    + " where they are downloaded on first use.",
            "If it is killed with SIGKILL, etcd and kube-apiserver keep running.",
        })
final class DevCommand implements Callable<Integer> {
    private static final Duration RELEASE_AFTER = Duration.ofSeconds(600);
    private static final int ESTABLISH_SECONDS = 30;
    /** Ctrl-C in a terminal reaches etcd, too, which may end before this process was told of it. */
    private static final int SIGNAL_SECONDS = 2;

    @Spec
    private CommandSpec spec;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<LongshoreOperator> operator = new CompletableFuture<>();

    @Override
    public Integer call() throws InterruptedException {
        Logging.brief();
        var cluster = new DevCluster();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster), "shutdown"));
        cluster.start(this::say);
        var client = ClusterAccess.of(cluster.kubeconfig()).client();
        CrdsCommand.definitions().forEach(definition -> install(definition, client));
        var started = new LongshoreOperator(
                client,
                new OperatorOptions(
                        Set.of(),
                        "default",
                        false,
                        0,
                        RELEASE_AFTER,
                        "longshore",
                        Set.of("*"),
                        true,
                        Optional.empty()));
        operator.complete(started);
        started.start();
        welcome(cluster);
        var end = cluster.ended().join();
        if (!stopping.await(SIGNAL_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(end + "; start longshore dev again");
        }
        return 0;
    }

    private void stop(DevCluster cluster) {
        stopping.countDown();
        Logging.off();
        if (operator.isDone()) {
            operator.join().close();
        }
        cluster.close();
    }

    private static void install(String definition, KubernetesClient client) {
        var crd = client.resource(definition).patch(PatchContext.of(PatchType.SERVER_SIDE_APPLY));
        client.resources(CustomResourceDefinition.class)
                .withName(crd.getMetadata().getName())
                .waitUntilCondition(DevCommand::isEstablished, ESTABLISH_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean isEstablished(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** On stderr: stdout is for what is to be pasted. */
    private void say(String progress) {
        var err = spec.commandLine().getErr();
        err.println(progress);
        err.flush();
    }

    private void welcome(DevCluster cluster) {
        var out = spec.commandLine().getOut();
        out.println("""
                # The API server and the operator are running. In another terminal:
                export KUBECONFIG=%s
                kubectl apply -f examples/quickstart
                kubectl wait cjob hello --for=condition=Finished
                kubectl get cjob,dhost,ctmpl
                # Press Ctrl-C here to stop and delete everything.""".formatted(cluster.kubeconfig()));
        out.flush();
    }
}
