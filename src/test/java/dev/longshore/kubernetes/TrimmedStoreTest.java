package dev.longshore.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobResultValue;
import dev.longshore.job.reconciler.ContainerJobReconciler;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrimmedStoreTest {
    @Test
    void whatIsKeptIsWhatReconcilingReads() {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withName("job")
                .withNamespace("default")
                .withManagedFields(List.of(new ManagedFieldsEntry()))
                .withAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}", "mine", "kept"))
                .build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .exitCode(0)
                .logs(new JobLogs("out", "err", false))
                .results(List.of(new JobResultValue("rows", "12", null)))
                .build());
        var cache = ContainerJobReconciler.cache();
        cache.put(cache.getKey(job), job);
        var kept = cache.get("default/job");
        assertThat(kept.getMetadata().getManagedFields()).isEmpty();
        assertThat(kept.getMetadata().getAnnotations()).containsExactly(Map.entry("mine", "kept"));
        assertThat(kept.getStatus().logs()).isNull();
        assertThat(kept.getStatus().results()).isEmpty();
        assertThat(kept.getStatus().exitCode()).isZero();
    }
}
