package dev.longshore.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator under the chart's service account does all that it can do. The API server's audit log says what it asked for:
 * nothing that its roles do not allow, and everything that they do.
 */
@NeedsApiServer
@NeedsDocker
class LeastPrivilegeIT {
    /** Without it a job that its schedule waits for in a deletion is refused; no call is of this permission. */
    private static final String NEVER_CALLED = "longshore.dev/containercronjobs/finalizers update";

    private final AuditedCluster cluster = AuditedCluster.shared();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theRolesHoldExactlyWhatIsUsed(boolean namespaced) throws Exception {
        var prefix = namespaced ? "some" : "all";
        var jobs = prefix + "-jobs";
        var hosts = prefix + "-hosts";
        cluster.createNamespace(jobs, Map.of("team", "a"));
        cluster.createNamespace(hosts, Map.of());
        try (var installation =
                new Installation(prefix + "-system", """
                replicaCount: 2
                extraArgs: ['--allow-unix-from=*']
                watchNamespaces: [%s]
                """.formatted(namespaced ? jobs + ", " + hosts : ""))) {
            assertThat(installation.isBoundClusterWide()).isNotEqualTo(namespaced);
            try (var operator = installation.operator();
                    var workload = new Workload(cluster.client(), jobs, hosts, installation.instance())) {
                workload.run();
                assertThat(operator.terminate()).isIn(0, 143);
            }
            ContestedHost.deleteUnder(installation, jobs);
            assertExactlyUsed(installation);
        }
    }

    private static void assertExactlyUsed(Installation installation) {
        // The log is written a moment after the answer.
        await().untilAsserted(() -> {
            var calls = installation.calls();
            assertThat(calls).filteredOn(call -> call.code() == 403).isEmpty();
            var used = calls.stream().map(AuditedCluster.Call::permission).collect(Collectors.toSet());
            assertThat(used)
                    .containsAll(installation.granted().stream()
                            .filter(permission -> !permission.equals(NEVER_CALLED))
                            .toList());
            // By name: what `list` would give to whoever has the token.
            assertThat(used)
                    .doesNotContainAnyElementsOf(List.of("/secrets list", "/secrets watch", "/configmaps list"));
        });
    }
}
