package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.JobPhase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobQueryTest {
    @Test
    void withoutAWishNothingIsSelected() {
        assertThat(JobQueryBuilder.builder().build().selectors()).isNull();
    }

    @Test
    void thePhasesThatAreNotWantedAreExcluded() {
        var query = JobQueryBuilder.builder()
                .phases(Set.of(JobPhase.FAILED, JobPhase.CANCELLED))
                .build();
        assertThat(query.selectors())
                .isEqualTo("status.phase!=Pending,status.phase!=Running,status.phase!=Completed,status.phase!=");
    }

    @Test
    void aJobWithoutAPhaseIsPending() {
        var query = JobQueryBuilder.builder().phases(Set.of(JobPhase.PENDING)).build();
        assertThat(query.selectors())
                .isEqualTo(
                        "status.phase!=Running,status.phase!=Completed,status.phase!=Failed,status.phase!=Cancelled");
    }

    @Test
    void aTemplateIsSelectedByItsNameWhateverThatIs() {
        var query = JobQueryBuilder.builder().template("a,b=c").build();
        assertThat(query.selectors()).isEqualTo("spec.templateRef.name=a\\,b\\=c");
    }

    @Test
    void aHostIsNamedWithOrWithoutItsNamespace() {
        assertThat(HostPattern.parse("local")).isEqualTo(new HostPattern(null, "local"));
        assertThat(HostPattern.parse("infra/local")).isEqualTo(new HostPattern("infra", "local"));
        assertThat(List.of("", "/", "a/", "/a", "a/b/c"))
                .allSatisfy(text -> assertThatThrownBy(() -> HostPattern.parse(text))
                        .hasMessageContaining("NAME or NAMESPACE/NAME"));
    }
}
