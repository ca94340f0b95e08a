package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.host.DockerHostReconciler;
import dev.longshore.job.reconciler.ContainerJobReconciler;
import dev.longshore.template.ContainerTemplateReconciler;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerSettingsTest {
    /** The framework's timers for it stay in memory until they come, which by default is in ten hours: one for each reconciliation. */
    @ParameterizedTest
    @ValueSource(
            classes = {ContainerJobReconciler.class, DockerHostReconciler.class, ContainerTemplateReconciler.class})
    void nothingIsReconciledAgainForNoReason(Class<?> reconciler) {
        var interval = reconciler.getAnnotation(ControllerConfiguration.class).maxReconciliationInterval();
        assertThat(ResolvedControllerConfiguration.getMaxReconciliationInterval(
                        interval.interval(), interval.timeUnit()))
                .isNull();
    }
}
