package dev.longshore.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease that makes one of several operators the one that works. The times are such that another takes over within 15 s
 * of the end of one that could not say so, and at once after one that could.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RENEW = Duration.ofSeconds(7);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String identity;
    private final Pulse pulse = Pulse.start();
    private volatile boolean leads;
    private volatile boolean ending;

    Leadership(KubernetesClient client, OperatorOptions options) {
        this.client = client;
        this.namespace = options.ownNamespace();
        this.name = "longshore-" + options.instance();
        this.identity = System.getenv().getOrDefault("HOSTNAME", "longshore") + "_" + UUID.randomUUID();
    }

    LeaderElectionConfiguration configuration() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(name)
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW)
                .withRetryPeriod(RETRY)
                // System.exit would wait for the shutdown hook, which waits for what is being reconciled.
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(
                        new LeaderCallbacks(this::won, this::lost, leader -> LOG.debug("the leader is {}", leader)))
                .build();
    }

    private void won() {
        leads = true;
        LOG.info("{} became the leader (Lease {}/{})", identity, namespace, name);
    }

    boolean isHeld() {
        return leads;
    }

    /**
     * Whether no other process can lead, as long as the clocks agree: this one renews its Lease in time or ends, unless it
     * stands still.
     */
    boolean isCertain() {
        return leads && !ending && pulse.isSteady(LEASE);
    }

    /** Whether the API server confirms it: a process that was suspended for a while may not know yet that another leads. */
    boolean isConfirmed() {
        var lease = client.leases().inNamespace(namespace).withName(name).get();
        return leads
                && lease != null
                && lease.getSpec() != null
                && identity.equals(lease.getSpec().getHolderIdentity());
    }

    /** Another may lead by now: nothing that was begun here may continue. */
    private void lost() {
        if (!ending) {
            LOG.error("{} lost Lease {}/{}: exiting", identity, namespace, name);
            Runtime.getRuntime().halt(1);
        }
    }

    /** From here on the Lease is released on purpose. */
    void end() {
        ending = true;
    }

    /** Lets another one lead at once. Called when nothing works any more. */
    void release() {
        try {
            var lease = client.leases().inNamespace(namespace).withName(name).get();
            if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
                lease.getSpec().setHolderIdentity("");
                client.resource(lease).update();
            }
        } catch (KubernetesClientException e) {
            LOG.debug("failed to release Lease {}/{}; it expires by itself", namespace, name, e);
        }
    }
}
