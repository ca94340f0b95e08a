package dev.longshore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.api.JobPhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The conditions of {@code examples/argo-workflows}. */
class ArgoStepTest {
    private final ArgoStep step = ArgoStep.ofExample();

    private static JsonNode job(JobPhase phase) {
        var json = new ObjectMapper();
        var job = JsonNodeFactory.instance.objectNode();
        job.putObject("status").set("phase", json.valueToTree(phase));
        return job;
    }

    @ParameterizedTest
    @EnumSource(JobPhase.class)
    void endTheStepWhenTheJobHasFinished(JobPhase phase) {
        assertThat(step.succeeds(job(phase))).isEqualTo(phase == JobPhase.COMPLETED);
        assertThat(step.fails(job(phase))).isEqualTo(phase == JobPhase.FAILED || phase == JobPhase.CANCELLED);
    }

    @Test
    void waitForTheOperatorToSetAPhase() {
        var job = JsonNodeFactory.instance.objectNode();
        job.putObject("status").put("observedGeneration", -1);

        assertThat(step.succeeds(job)).isFalse();
        assertThat(step.fails(job)).isFalse();
    }
}
