package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocatedTest {
    @Test
    void aHostThatHasNoGpusForJobsIsNotOneThatDoesNotCountThem() {
        assertThat(Serialization.asJson(new Allocatable(null, null, List.of()))).isEqualTo("{\"gpus\":[]}");
        assertThat(Serialization.asJson(new Allocatable(null, null, null))).isEqualTo("{}");
    }

    @Test
    void gpusOfWhichNoneIsInUseAreThereAndThoseThatAreNotCountedAreNot() {
        assertThat(Serialization.asJson(new Allocated(new Quantity("0"), null, List.of())))
                .isEqualTo("{\"cpu\":\"0\",\"gpus\":[]}");
        assertThat(Serialization.asJson(new Allocated(new Quantity("0"), null, null)))
                .isEqualTo("{\"cpu\":\"0\"}");
    }
}
