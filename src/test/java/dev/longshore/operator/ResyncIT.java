package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What GitOps tools do with a manifest again and again. */
@NeedsApiServer
@NeedsDocker
class ResyncIT {
    private static TestOperator operator;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void aJobThatIsAppliedAgainDoesNotRunAgain() {
        var manifest = TestOperator.job("synced", "command: ['true']");
        operator.create(manifest);
        var finished = operator.awaitFinished("synced");

        var again = operator.client().load(stream(manifest)).items().get(0);
        operator.client()
                .resource(again)
                .inNamespace(operator.namespace())
                .forceConflicts()
                .serverSideApply();
        operator.restart();
        // By the time that another one has run, this one was reconciled.
        operator.createJob("later", "command: ['true']");
        operator.awaitFinished("later");

        ContainerJob synced = operator.job("synced");
        assertThat(synced.getStatus()).isEqualTo(finished.getStatus());
        assertThat(synced.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void aFinishedJobThatIsEditedKeepsItsLog() {
        operator.createJob("edited", "command: [echo, kept]");
        operator.awaitFinished("edited");
        operator.edit("edited", job -> job.ttlSecondsAfterFinished(3600));
        await().atMost(TestOperator.SOON)
                .until(() -> operator.job("edited").getStatus().observedGeneration() == 2);
        assertThat(operator.job("edited").getStatus().logs().stdout()).isEqualTo("kept\n");
        // And once more by an operator that has never seen the log.
        operator.restart();
        operator.edit("edited", job -> job.ttlSecondsAfterFinished(7200));
        await().atMost(TestOperator.SOON)
                .until(() -> operator.job("edited").getStatus().observedGeneration() == 3);
        assertThat(operator.job("edited").getStatus().logs().stdout()).isEqualTo("kept\n");
        assertThat(operator.job("edited").getMetadata().getManagedFields()).isNotEmpty();
    }

    private static InputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
