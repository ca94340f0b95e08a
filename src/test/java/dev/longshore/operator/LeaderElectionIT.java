package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two operators, of which one works. */
@NeedsApiServer
class LeaderElectionIT {
    private static final Duration FAILOVER = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofSeconds(60);

    private final ApiServer api = ApiServer.shared();

    private String leader(String instance) {
        Lease lease = api.client()
                .leases()
                .inNamespace("default")
                .withName("longshore-" + instance)
                .get();
        var holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null ? "" : holder.replaceAll("_.*", "");
    }

    private void awaitLeader(String namespace, String name, Duration longest) {
        await().atMost(longest)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> leader(namespace), leader -> Objects.equals(leader, name));
    }

    @Test
    void anotherTakesOverFromOneThatWasKilledAndAtOnceFromOneThatWasToldToStop() {
        api.installCrds();
        var namespace = api.namespace();
        try (var one = new OperatorProcess("one", namespace, "--leader-elect")) {
            awaitLeader(namespace, "one", START);
            try (var two = new OperatorProcess("two", namespace, "--leader-elect")) {
                // It stands by, its caches filled.
                assertThat(two.endsWithin(Duration.ofSeconds(5))).isFalse();
                var killed = System.nanoTime();
                one.kill();
                awaitLeader(namespace, "two", FAILOVER);
                System.out.printf("failover after kill -9: %d ms%n", (System.nanoTime() - killed) / 1_000_000);
                try (var three = new OperatorProcess("three", namespace, "--leader-elect")) {
                    assertThat(three.endsWithin(Duration.ofSeconds(5))).isFalse();
                    var stopped = System.nanoTime();
                    assertThat(two.terminate()).isIn(0, 143);
                    awaitLeader(namespace, "three", Duration.ofSeconds(8));
                    System.out.printf("handover after SIGTERM: %d ms%n", (System.nanoTime() - stopped) / 1_000_000);
                }
            }
        }
    }
}
