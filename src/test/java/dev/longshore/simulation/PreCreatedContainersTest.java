package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.EnvVar;
import dev.longshore.api.EnvVarSource;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.KeyReference;
import dev.longshore.api.LocalReference;
import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes around a job whose container is created while it waits. */
class PreCreatedContainersTest {
    private static final ContainerTemplateSpec TEMPLATE =
            ContainerTemplateSpecBuilder.builder().image("busybox:stable").build();

    private final World world = new World(new Random(1), 1, 1);
    private final String first = world.hosts().get(0);
    private final String second = world.hosts().get(1);

    @BeforeEach
    void connect() {
        world.schedule.pass(Duration.ofSeconds(5));
    }

    /** @param host null: either */
    private String submit(String host) {
        var uid = world.submit(host, job -> job.template(TEMPLATE));
        world.schedule.pass(Duration.ofSeconds(5));
        return uid;
    }

    private String host(String uid) {
        return "team/" + world.api.job(uid).getStatus().host().name();
    }

    @Test
    void aJobDoesNotWaitForTheHostOfItsPreCreatedContainer() {
        world.cordon(second, true);
        submit(first);
        var job = submit(null);
        assertThat(world.daemons.containers(State.CREATED)).hasSize(1);
        world.operators.loseConnection(first);
        world.cordon(second, false);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(host(job)).isEqualTo(second);
        world.endWell();
    }

    @Test
    void aJobWhoseContainerIsOnAnUnreachableHostReportsThatItIsSuspended() {
        submit(first);
        var job = submit(first);
        assertThat(world.daemons.containers(State.CREATED)).hasSize(1);
        world.operators.loseConnection(first);
        world.api.edit(job, spec -> spec.suspend(true));
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.reason(job)).isEqualTo(JobReason.SUSPENDED);
        world.endWell();
    }

    @Test
    void aChangedTemplateReplacesThePreCreatedContainer() {
        world.template("build", TEMPLATE);
        submit(first);
        var job = world.submit(first, spec -> spec.templateRef(new LocalReference("build")));
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.daemons.containers(State.CREATED)).hasSize(1);
        world.template(
                "build",
                ContainerTemplateSpecBuilder.builder(TEMPLATE).active(false).build());
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.reason(job)).isEqualTo(JobReason.TEMPLATE_INACTIVE);
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
        world.template(
                "build",
                ContainerTemplateSpecBuilder.builder(TEMPLATE)
                        .command(List.of("make"))
                        .build());
        world.endWell();
        assertThat(world.api.job(job).getStatus().effective().command()).containsExactly("make");
    }

    @Test
    void aRotatedSecretReplacesThePreCreatedContainer() {
        world.secret("credentials", "password", "first-value");
        var usesSecret = ContainerTemplateSpecBuilder.builder(TEMPLATE)
                .env(List.of(new EnvVar(
                        "PASSWORD", null, new EnvVarSource(new KeyReference("credentials", "password", null), null))))
                .build();
        submit(first);
        var job = world.submit(first, spec -> spec.template(usesSecret));
        world.schedule.pass(Duration.ofSeconds(10));
        assertThat(environment(State.CREATED)).containsEntry("PASSWORD", "first-value");
        world.secret("credentials", "password", "second-value");
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.job(job).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
        assertThat(environment(State.RUNNING)).containsEntry("PASSWORD", "second-value");
        world.endWell();
    }

    private Map<String, String> environment(State state) {
        return world.daemons.containers(state).get(0).environment();
    }
}
