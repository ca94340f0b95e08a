package dev.longshore.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.job.Blocked;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.GpuRequest;
import dev.longshore.job.queue.Lack;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueuedJobTest {
    private static final Demand DEMAND = new Demand(1_000_000_000, 1 << 30, GpuRequest.NONE);

    private static List<DockerHost> hosts(String... names) {
        return Arrays.stream(names)
                .map(name -> {
                    var host = new DockerHost();
                    host.getMetadata().setNamespace("infra");
                    host.getMetadata().setName(name);
                    host.setSpec(DockerHostSpecBuilder.builder().build());
                    return host;
                })
                .toList();
    }

    private static String message(List<DockerHost> hosts, Lack... lacks) {
        var job = new ContainerJob();
        job.getMetadata().setNamespace("team");
        var why = new QueuedJob(job, hosts, Set.of(lacks), DEMAND).why(false, Optional.empty());
        return ((Blocked.Queued) why).message();
    }

    @Test
    void namesTheHost() {
        assertThat(message(hosts("a"), Lack.MEMORY))
                .isEqualTo("queued: no room for memory 1Gi on DockerHost infra/a now (spec.allocatable)");
        assertThat(message(hosts("a"), Lack.NAMESPACE))
                .isEqualTo("queued: namespace team runs as many jobs on DockerHost infra/a as it may"
                        + " (spec.queueing.maxConcurrentJobsPerNamespace)");
        assertThat(message(hosts("a"))).isEqualTo("queued: other jobs are ahead on DockerHost infra/a");
        assertThat(message(hosts("a"), Lack.SLOT)).isEqualTo("queued: all 10 slots of DockerHost infra/a are in use");
    }

    @Test
    void ofSeveralHostsNamesTheLeastLoaded() {
        var first = "DockerHost infra/a, the least loaded of the 2 DockerHosts that match spec.hostSelector";
        assertThat(message(hosts("a", "b"), Lack.MEMORY))
                .isEqualTo("queued: no room for memory 1Gi on " + first + ", now (spec.allocatable)");
        assertThat(message(hosts("a", "b"), Lack.NAMESPACE))
                .isEqualTo("queued: namespace team runs as many jobs on " + first
                        + ", as it may (spec.queueing.maxConcurrentJobsPerNamespace)");
        assertThat(message(hosts("a", "b"))).isEqualTo("queued: other jobs are ahead on " + first);
        assertThat(message(hosts("a", "b"), Lack.SLOT))
                .isEqualTo("queued: all slots of the 2 DockerHosts that match spec.hostSelector are in use");
    }
}
