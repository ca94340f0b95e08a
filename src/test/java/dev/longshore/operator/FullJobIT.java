package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs beside which etcd has hardly any room for a status. */
@NeedsApiServer
@NeedsDocker
class FullJobIT {
    private static final String THOUSAND = "x".repeat(1000);

    private static TestOperator operator;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createNarrowHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    /** @param owner bytes of the name of an owner, which nobody bounds */
    private static void create(String name, int owner, String template) {
        operator.create(
                """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                  ownerReferences:
                    - {apiVersion: v1, kind: Secret, uid: %s, name: %s}
                spec:
                  hostRef: {name: narrow}
                  template:
                    image: busybox:stable
                    networkMode: none
                %s
                """.formatted(name, name, "o".repeat(owner), template.strip().indent(4)));
    }

    @Test
    void oneThatCannotBeBoundFailsAndLeavesItsSlot() {
        create("full", 1_150_000, "command: ['true']\nargs: " + Collections.nCopies(230, THOUSAND));
        var status = operator.awaitFinished("full").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(status.message()).contains("request is too large").contains("reduce the template");
        assertThat(status.effective()).isNull();
        create("next", 1, "command: ['true']");
        assertThat(operator.awaitFinished("next").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        var full = operator.job("full");
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(full)).isEmpty());
    }

    @Test
    void theLogIsLeftOutBeforeTheResultIsLost() {
        create("talks", 1_400_000, """
                command: [sh, -c, 'head -c 100000 /dev/zero | tr "\\000" "\\001" | tee /dev/stderr; exit 3']
                logs: {tailBytes: 65536}
                """);
        var status = operator.awaitFinished("talks").getStatus();
        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.logs().truncated()).isTrue();
        assertThat(status.logs().stdout()).isEmpty();
        assertThat(status.effective()).isNotNull();
    }

    @Test
    void whatAJobRunsWithIsBoundedAndSaysSo() {
        create("large", 1, "args: " + Collections.nCopies(840, THOUSAND));
        var status = operator.awaitFinished("large").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(status.message()).contains("bytes as JSON; at most 262144 are allowed");
        assertThat(status.effective()).isNull();
    }

    @Test
    void aJobThatIsAStubInTheCacheRunsAsItIsWritten() {
        create("stub", 1, "command: [sh, -c, 'echo $#; exit 4']\nargs: " + Collections.nCopies(101, THOUSAND));
        var status = operator.awaitFinished("stub").getStatus();
        assertThat(status.exitCode()).isEqualTo(4);
        assertThat(status.logs().stdout()).isEqualTo("100\n");
        assertThat(status.effective().args()).hasSize(101);
        operator.restart();
        operator.edit("stub", job -> job.ttlSecondsAfterFinished(3600));
        await().atMost(TestOperator.SOON)
                .until(() -> operator.job("stub").getStatus().observedGeneration() == 2);
        assertThat(operator.job("stub").getStatus().effective().args()).hasSize(101);
        assertThat(operator.job("stub").getStatus().logs().stdout()).isEqualTo("100\n");
    }
}
