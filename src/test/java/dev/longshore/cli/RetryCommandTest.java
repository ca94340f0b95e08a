package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.LocalReference;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryCommandTest {
    private static ContainerJob old(ObjectMetaBuilder metadata) {
        var job = new ContainerJob();
        job.setMetadata(metadata.withNamespace("ns")
                .withName("import-x7k2p")
                .withUid("1")
                .withResourceVersion("1")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .templateRef(new LocalReference("import"))
                .args(List.of("--all"))
                .priority(1)
                .cancel(true)
                .build());
        job.setStatus(
                ContainerJobStatusBuilder.builder().phase(JobPhase.CANCELLED).build());
        return job;
    }

    @Test
    void theSpecIsTheSameButNotCancelled() {
        var copy = RetryCommand.copy(old(new ObjectMetaBuilder()));
        assertThat(copy.getSpec().templateRef().name()).isEqualTo("import");
        assertThat(copy.getSpec().args()).containsExactly("--all");
        assertThat(copy.getSpec().priority()).isEqualTo(1);
        assertThat(copy.getSpec().cancel()).isFalse();
        assertThat(copy.getStatus()).isNull();
    }

    @Test
    void theNameIsMadeFromTheOldOneAndDoesNotGrow() {
        assertThat(RetryCommand.copy(old(new ObjectMetaBuilder())).getMetadata().getGenerateName())
                .isEqualTo("import-x7k2p-");
        assertThat(RetryCommand.copy(old(new ObjectMetaBuilder().withGenerateName("import-")))
                        .getMetadata()
                        .getGenerateName())
                .isEqualTo("import-");
    }

    @Test
    void labelsAreKeptAndNothingByWhichOthersOwnTheOldOne() {
        var metadata = RetryCommand.copy(old(new ObjectMetaBuilder()
                        .withLabels(Map.of(
                                "batch", "pictures",
                                "app.kubernetes.io/instance", "shop",
                                "kustomize.toolkit.fluxcd.io/name", "shop"))
                        .withAnnotations(Map.of("argocd.argoproj.io/tracking-id", "shop:x"))
                        .withFinalizers("longshore.dev/container")
                        .withOwnerReferences(new OwnerReference())))
                .getMetadata();
        assertThat(metadata.getLabels()).containsExactly(Map.entry("batch", "pictures"));
        assertThat(metadata.getAnnotations()).isNullOrEmpty();
        assertThat(metadata.getOwnerReferences()).isEmpty();
        assertThat(metadata.getFinalizers()).isEmpty();
        assertThat(metadata.getUid()).isNull();
        assertThat(metadata.getName()).isNull();
    }
}
