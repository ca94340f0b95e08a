package dev.longshore.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.ResourceList;
import dev.longshore.api.ResourceOverrides;
import dev.longshore.api.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

class EffectiveTemplateTest {
    private static final ResourceList REQUESTS = new ResourceList(new Quantity("250m"), new Quantity("512Mi"));

    private static Resources effective(Resources template, ResourceOverrides job) {
        return EffectiveTemplate.of(
                        ContainerTemplateSpecBuilder.builder()
                                .image("busybox")
                                .resources(template)
                                .build(),
                        ContainerJobSpecBuilder.builder().resources(job).build())
                .resources();
    }

    @Test
    void limitsAreMergedByKeyAndRequestsAreTheTemplates() {
        var limits = new ResourceList(new Quantity("1"), new Quantity("1Gi"));
        var job = new ResourceOverrides(new ResourceList(new Quantity("2"), null));

        assertThat(effective(new Resources(limits, REQUESTS), job))
                .isEqualTo(new Resources(new ResourceList(new Quantity("2"), new Quantity("1Gi")), REQUESTS));
        assertThat(effective(new Resources(null, REQUESTS), job)).isEqualTo(new Resources(job.limits(), REQUESTS));
        assertThat(effective(null, job)).isEqualTo(new Resources(job.limits(), null));
    }

    @Test
    void requestsStayWithoutAnOverride() {
        var template = new Resources(null, REQUESTS);

        assertThat(effective(template, null)).isEqualTo(template);
        assertThat(effective(template, new ResourceOverrides(null))).isEqualTo(template);
        assertThat(effective(null, null)).isNull();
    }
}
