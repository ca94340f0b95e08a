package dev.longshore.job.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ConditionList;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.JobReason;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.reconciler.KubernetesCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostRefusalsTest {
    private static final HostKey HOST = new HostKey("team", "builder");
    private static final Failure NO_SPACE = new Failure(JobReason.CREATE_FAILED, "no space left on device", null);
    private static final Duration NOW = Duration.ofHours(1);

    private final List<String> changes = new ArrayList<>();
    private final HostRefusals refusals = new HostRefusals(
            (host, wait) -> {}, host -> changes.add("degraded or no more"), host -> changes.add("freed"));

    private void refuse(String namespace, int kind, Duration at) {
        refusals.refused(HOST, new HostRefusals.Kind(namespace, kind), NO_SPACE, at);
    }

    private int atOnce(String namespace, Duration at) {
        return refusals.atOnce(HOST, namespace, at);
    }

    @Test
    void twoThatDifferAndNothingStartedInBetweenMakeItDegraded() {
        refuse("team", 1, NOW);
        refuse("team", 1, NOW.plusSeconds(2));
        assertThat(refusals.degraded(HOST)).isEmpty();
        refusals.started(HOST, new HostRefusals.Kind("team", 3));
        refuse("team", 2, NOW.plusSeconds(3));
        assertThat(refusals.degraded(HOST)).isEmpty();
        refuse("team", 1, NOW.plusSeconds(4));
        assertThat(refusals.degraded(HOST)).contains("no space left on device");
        refusals.started(HOST, new HostRefusals.Kind("team", 3));
        assertThat(changes).containsExactly("degraded or no more", "degraded or no more", "freed");
    }

    @Test
    void eachNamespaceWaitsForItself() {
        for (var kind = 0; kind < 10; kind++) {
            refuse("hasty", kind, NOW.plusSeconds(60L * kind));
        }
        var later = NOW.plusSeconds(60L * 9 + 1);
        assertThat(atOnce("hasty", later)).isZero();
        assertThat(atOnce("other", later)).isEqualTo(1);
        refuse("other", 1, later);
        assertThat(atOnce("other", later)).isZero();
        assertThat(atOnce("other", later.plusSeconds(1))).isEqualTo(1);
        assertThat(atOnce("hasty", later.plusSeconds(1))).isZero();
    }

    @Test
    void refusalsOfWhatWasAskedAtTheSameTimeAreOneRound() {
        for (var number = 0; number < 8; number++) {
            refuse("team", number % 2, NOW.plusMillis(number));
        }
        var kind = new HostRefusals.Kind("team", 0);
        assertThat(atOnce("team", NOW)).isZero();
        assertThat(atOnce("team", NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(refusals.hold(HOST, kind, "uid", NOW)).isPresent();
        assertThat(refusals.hold(HOST, kind, "uid", NOW.plusSeconds(1))).isEmpty();
        refuse("team", 0, NOW.plusSeconds(1));
        assertThat(atOnce("team", NOW.plusSeconds(2))).isZero();
        assertThat(refusals.hold(HOST, kind, "uid", NOW.plusSeconds(2))).isPresent();
    }

    @Test
    void theWordsOfAHostAndWhetherItIsDegradedAreNoReasonToLookAtAllOfItsJobsFirst() {
        var well = KubernetesCluster.settled(host(true, "1 of 2", false));
        assertThat(KubernetesCluster.settled(host(true, "2 of 2", true))).isEqualTo(well);
        assertThat(KubernetesCluster.settled(host(false, "1 of 2", false))).isNotEqualTo(well);
    }

    private static DockerHost host(boolean ready, String message, boolean degraded) {
        var host = new DockerHost();
        host.setStatus(DockerHostStatusBuilder.builder()
                .conditions(new ConditionList(List.of(), 1L, Instant.EPOCH)
                        .add("Ready", ready, ready ? "Connected" : "Unreachable", message)
                        .add("Degraded", degraded, degraded ? "Refused" : "AsUsual", message)
                        .toList())
                .build());
        return host;
    }
}
