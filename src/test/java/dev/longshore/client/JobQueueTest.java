package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.HostReference;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.Queueing;
import dev.longshore.api.QueueingBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private static final HostSelector FAST = new HostSelector(Map.of("disk", "fast"), null, null);

    private final List<ContainerJob> jobs = new ArrayList<>();

    private ContainerJob job(String namespace, String name, UnaryOperator<ContainerJobSpecBuilder> spec) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(namespace + "/" + name)
                .withCreationTimestamp("2026-01-01T00:00:%02dZ".formatted(jobs.size()))
                .build());
        job.setSpec(spec.apply(ContainerJobSpecBuilder.builder()).build());
        jobs.add(job);
        return job;
    }

    private ContainerJob waiting(String namespace, String name, UnaryOperator<ContainerJobSpecBuilder> spec) {
        var job = job(namespace, name, spec);
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(JobPhase.PENDING)
                .reason(JobReason.INSUFFICIENT_CAPACITY)
                .build());
        return job;
    }

    private ContainerJob waiting(String namespace, String name) {
        return waiting(namespace, name, JobQueueTest::onBox);
    }

    private void running(String namespace, String name) {
        var job = job(namespace, name, JobQueueTest::onBox);
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(JobPhase.RUNNING)
                .host(new JobHost("infra", "box"))
                .containerID("c0ffee")
                .build());
    }

    private static ContainerJobSpecBuilder onBox(ContainerJobSpecBuilder spec) {
        return spec.hostRef(new HostReference("box", "infra"));
    }

    private static DockerHost box(Queueing queueing, HostJobs counts) {
        var host = new DockerHost();
        host.getMetadata().setNamespace("infra");
        host.getMetadata().setName("box");
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("tcp://box:2376")
                .queueing(queueing)
                .build());
        host.setStatus(DockerHostStatusBuilder.builder().jobs(counts).build());
        return host;
    }

    private JobQueue queue(ContainerJob job, DockerHost... hosts) {
        return JobQueue.of(
                job, List.of(hosts), jobs.stream().map(QueueEntry::of).toList(), null);
    }

    private static List<String> names(List<QueueEntry> entries) {
        return entries.stream().map(QueueEntry::name).toList();
    }

    @Test
    void theOrderIsThatOfPriorityAndAge() {
        waiting("a", "old");
        waiting("a", "urgent", spec -> onBox(spec).priority(1));
        var mine = waiting("b", "mine");
        waiting("a", "late");
        waiting("a", "suspended", spec -> onBox(spec).suspend(true));
        waiting("a", "elsewhere", spec -> spec.hostRef(new HostReference("box", "other")));
        waiting("a", "selects", spec -> spec.hostSelector(FAST));
        var queue = queue(mine, box(null, new HostJobs(0, 5)));
        assertThat(names(queue.line())).containsExactly("urgent", "old", "mine", "late");
        assertThat(queue.position()).hasValue(3);
        assertThat(names(queue.before())).containsExactly("urgent", "old");
        assertThat(queue.othersWaiting()).isEqualTo(1);
    }

    @Test
    void withFairSharingThoseOfNamespacesWithFewerRunningJobsAreFirst() {
        var fair = QueueingBuilder.builder().fairSharing(true).build();
        running("a", "one");
        waiting("a", "old");
        var mine = waiting("b", "mine");
        waiting("a", "urgent", spec -> onBox(spec).priority(1));
        assertThat(names(queue(mine, box(fair, null)).line())).containsExactly("urgent", "mine", "old");
    }

    @Test
    void aNamespaceAtItsLimitIsNotInLine() {
        var limited = QueueingBuilder.builder().maxConcurrentJobsPerNamespace(1).build();
        running("a", "one");
        var full = waiting("a", "old");
        var mine = waiting("b", "mine");
        assertThat(queue(mine, box(limited, null)).position()).hasValue(1);
        assertThat(queue(full, box(limited, null)).position()).isEmpty();
        assertThat(queue(full, box(limited, null)).before()).isEmpty();
        assertThat(queue(full, box(limited, null)).full()).isEqualTo(1);
        assertThat(queue(mine, box(limited, null)).full()).isNull();
    }

    @Test
    void holdersAreThoseWithAContainerThere() {
        running("a", "one");
        running("b", "two");
        var mine = waiting("b", "mine");
        var queue = queue(mine, box(null, new HostJobs(5, 1)));
        assertThat(names(queue.holders())).containsExactly("one", "two");
        assertThat(queue.othersRunning()).isEqualTo(3);
        assertThat(queue.othersWaiting()).isZero();
    }

    @Test
    void aJobThatSelectsHostsWaitsAmongThoseThatSelectTheSame() {
        waiting("a", "other", spec -> spec.hostSelector(FAST));
        waiting("b", "first", spec -> spec.hostSelector(FAST));
        waiting("b", "any", spec -> spec.hostSelector(new HostSelector(null, null, null)));
        var mine = waiting("b", "mine", spec -> spec.hostSelector(FAST));
        assertThat(names(queue(mine).line())).containsExactly("first", "mine");
        assertThat(queue(mine).position()).hasValue(2);
    }

    @Test
    void oneThatNeverFitsIsNotInLine() {
        var mine = waiting("b", "mine");
        mine.setStatus(ContainerJobStatusBuilder.builder()
                .phase(JobPhase.PENDING)
                .reason(JobReason.EXCEEDS_CAPACITY)
                .build());
        waiting("a", "fits");
        assertThat(queue(mine, box(null, null)).position()).isEmpty();
        assertThat(names(queue(mine, box(null, null)).line())).containsExactly("fits");
    }
}
