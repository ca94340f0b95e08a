package dev.longshore.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.JobHost;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JobLogFieldsTest {
    private static ContainerJob job() {
        var job = new ContainerJob();
        job.setMetadata(
                new ObjectMetaBuilder().withNamespace("ns").withName("job").build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .hostRef(new HostReference("wanted", null))
                .build());
        return job;
    }

    @Test
    void aJobThatHasNotBegunIsBeforeItsFirstAttempt() {
        assertThat(JobLogFields.of(job()).fields())
                .isEqualTo(Map.of("namespace", "ns", "job", "job", "host", "ns/wanted", "attempt", "1"));
    }

    @Test
    void aFailedAttemptIsFollowedByTheNextAndABoundOneIsItself() {
        var status = ContainerJobStatusBuilder.builder().attempt(2).host(new JobHost("ns", "h"));
        var job = job();
        job.setStatus(status.build());
        assertThat(JobLogFields.of(job).fields()).containsEntry("attempt", "3").containsEntry("host", "ns/h");
        job.setStatus(status.containerID("c").build());
        assertThat(JobLogFields.of(job).fields()).containsEntry("attempt", "2");
    }

    @Test
    void aThreadHasTheFieldsOnlyWhileItWorksOnTheJob() {
        var log = JobLogFields.of(job());
        try (var outer = log.open()) {
            try (var inner = log.on(HostKey.parse("other/h")).open()) {
                assertThat(MDC.get("host")).isEqualTo("other/h");
            }
            assertThat(MDC.get("host")).isEqualTo("ns/wanted");
        }
        assertThat(MDC.get("host")).isNull();
        assertThat(MDC.get("job")).isNull();
    }
}
