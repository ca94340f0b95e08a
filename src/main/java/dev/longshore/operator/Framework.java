package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.kubernetes.Copies;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.TrimmedStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The settings of the framework: it retries forever, and nothing that one user writes stops it. */
final class Framework {
    private static final int RECONCILE_THREADS = 16;
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Duration SHUTDOWN = Duration.ofSeconds(8);

    private Framework() {}

    static ReconcileThreads threads(ReconcileThreads.Patience jobs) {
        return new ReconcileThreads(RECONCILE_THREADS, HasMetadata.getKind(ContainerJob.class), jobs);
    }

    static void configure(
            ConfigurationServiceOverrider framework,
            KubernetesClient caches,
            OperatorMetrics metrics,
            Optional<Leadership> leadership,
            ReconcileThreads threads) {
        framework
                .withKubernetesClient(caches)
                // Whatever keeps one from starting, it tries again; until then nothing begins.
                .withStopOnInformerErrorDuringStartup(false)
                .withCacheSyncTimeout(FOREVER)
                .withConcurrentReconciliationThreads(RECONCILE_THREADS)
                .withExecutorService(threads)
                .withResourceCloner(new Copies())
                .withUseSSAToPatchPrimaryResource(false)
                .withReconciliationTerminationTimeout(SHUTDOWN)
                .withCloseClientOnStop(false)
                .withMetrics(metrics.framework())
                .withLeaderElectionConfiguration(
                        leadership.map(Leadership::configuration).orElse(null));
    }

    /** @param namespaces to watch; empty: all */
    static <P extends HasMetadata> void configure(
            ControllerConfigurationOverrider<P> controller, TrimmedStore<P> cache, Set<String> namespaces) {
        controller.withInformerListLimit(TrimmedStore.LIST_LIMIT);
        // Nobody can do anything about one that cannot be read, but let it go.
        controller.withGenericFilter(resource -> !LeftOut.isUnreadable(resource) || resource.isMarkedForDeletion());
        if (namespaces.size() <= 1) {
            // JOSDK gives the informers of several namespaces the same store, where each would drop what it does not
            // know.
            controller.withItemStore(cache);
        }
        // Forever: an API server may be away for long.
        controller.withRetry(new GenericRetry()
                .setInitialInterval(500)
                .setIntervalMultiplier(2)
                .setMaxInterval(30_000)
                .setMaxAttempts(-1));
        if (namespaces.isEmpty()) {
            controller.watchingAllNamespaces();
        } else {
            controller.settingNamespaces(namespaces);
        }
    }
}
