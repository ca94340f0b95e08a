package dev.longshore.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.testing.ArgoHealth;
import dev.longshore.testing.Kstatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GitOps tools make of templates. */
class TemplateHealthTest {
    /** As the operator reports it. */
    private static ContainerTemplate template(TemplateReadiness.NotReady notReady) {
        var template = new ContainerTemplate();
        template.getMetadata().setName("report");
        template.getMetadata().setGeneration(1L);
        template.setSpec(
                ContainerTemplateSpecBuilder.builder().image("busybox:stable").build());
        template.setStatus(TemplateStatuses.of(template, Optional.ofNullable(notReady), JobTotals.NONE, Instant.EPOCH));
        return template;
    }

    @Test
    void oneThatJobsCanStartFromIsHealthy() {
        assertThat(ArgoHealth.of(template(null))).isEqualTo(new ArgoHealth("Healthy", "ready for jobs"));
        assertThat(Kstatus.of(template(null))).isEqualTo(Kstatus.CURRENT);
    }

    @ParameterizedTest
    @CsvSource({"Inactive, Healthy", "SecretNotFound, Progressing", "ConfigMapNotFound, Progressing"})
    void othersSayWhatTheyLack(String reason, String health) {
        var template = template(new TemplateReadiness.NotReady(reason, "some words"));

        assertThat(ArgoHealth.of(template)).isEqualTo(new ArgoHealth(health, reason + ": some words"));
        assertThat(Kstatus.of(template)).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void neitherTakesTheStatusOfAnEarlierSpecForAnAnswer() {
        var template = template(null);
        template.getMetadata().setGeneration(2L);

        assertThat(ArgoHealth.of(template).status()).isEqualTo("Progressing");
        assertThat(Kstatus.of(template)).isEqualTo(Kstatus.IN_PROGRESS);
    }
}
