package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.job.JobLabels;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A daemon that lists what is on another host. */
@NeedsDocker
class ForgedContainerIT {
    private TestOperator operator;
    private String victim;

    @BeforeEach
    void start() {
        operator = new TestOperator();
        operator.createHost();
        victim = LocalDocker.shared()
                .client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .exec()
                .getId();
    }

    @AfterEach
    void stop() {
        operator.close();
        Containers.docker().remove(victim);
    }

    @Test
    void whatItSaysOfAnotherHostsContainersTouchesNone() throws IOException {
        operator.createJob("done", "command: ['true']");
        var uid = operator.awaitFinished("done").getMetadata().getUid();
        try (var liar = new HostileDaemon()) {
            liar.on("GET /containers/json", (request, client) -> {
                var labels = new LinkedHashMap<>(request.labels());
                labels.put(JobLabels.HOST, operator.namespace() + "/local");
                labels.put(JobLabels.NAMESPACE, operator.namespace());
                labels.put(JobLabels.JOB, "done");
                labels.put(JobLabels.JOB_UID, uid);
                labels.put(JobLabels.ATTEMPT, "1");
                HostileAnswers.json(List.of(HostileAnswers.listed(request, Map.of("Id", victim, "Labels", labels))))
                        .to(request, client);
            });
            operator.createHost("liar", "endpoint: " + liar.endpoint());
            operator.awaitReady("liar");
            await().atMost(TestOperator.SOON).until(() -> liar.asked().contains("GET /containers/json"));
            operator.createJob("after", "command: ['true']");
            operator.awaitFinished("after");
        }
        assertThat(Containers.docker().inspect(victim)).isPresent();
    }
}
