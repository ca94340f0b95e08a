package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commit f88cb49 stored goes on under this version. */
@NeedsApiServer
@NeedsDocker
class UpgradeIT {
    private static final String AT_THE_CLIENT = "applied-at-the-client";
    private static final String AT_THE_SERVER = "applied-at-the-server";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> ENDED = List.of("completed", "failed", "timed-out", "cancelled");

    private static StoredWorld world;
    private static final Map<String, ContainerJobStatus> BEFORE = new HashMap<>();
    private static LongshoreOperator operator;

    @BeforeAll
    static void upgrade() throws IOException {
        world = new StoredWorld();
        for (var namespace : List.of(AT_THE_CLIENT, AT_THE_SERVER)) {
            world.fill(namespace, how(namespace));
            ENDED.forEach(
                    name -> BEFORE.put(namespace + name, job(namespace, name).getStatus()));
        }
        world.upgrade();
        operator = new LongshoreOperator(
                world.client(),
                new OperatorOptions(
                        Set.of(), "default", false, 0, Duration.ofSeconds(600), StoredWorld.INSTANCE, Set.of("*")));
        operator.start();
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {AT_THE_CLIENT, AT_THE_SERVER})
    void everythingContinues(String namespace) throws IOException {
        appliedAgain(namespace);
        whatRunsReachesItsResult(namespace);
        whatHasEndedStaysAsItIs(namespace);
        whatWaitsKeepsWaiting(namespace);
        whatMayStartStarts(namespace);
        everythingCanBeDeleted(namespace);
    }

    private static String[] how(String namespace) {
        return namespace.equals(AT_THE_SERVER) ? new String[] {"--server-side"} : new String[0];
    }

    /** The second time it is no change, whatever the first had to take away of what the old definitions filled in. */
    private static void appliedAgain(String namespace) throws IOException {
        assertThat(world.apply(namespace, how(namespace)))
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(line).matches("\\S+ (configured|unchanged|serverside-applied)"));
        var generations = generations(namespace);
        assertThat(world.apply(namespace, how(namespace)))
                .hasSameSizeAs(generations.keySet())
                .allSatisfy(line -> assertThat(line)
                        .endsWith(namespace.equals(AT_THE_SERVER) ? "serverside-applied" : "unchanged"));
        assertThat(generations(namespace)).isEqualTo(generations);
    }

    private static Map<String, Long> generations(String namespace) {
        var generations = new HashMap<String, Long>();
        for (var kind : List.of(DockerHost.class, ContainerTemplate.class, ContainerJob.class)) {
            for (HasMetadata resource :
                    world.client().resources(kind).inNamespace(namespace).list().getItems()) {
                var metadata = resource.getMetadata();
                generations.put(resource.getKind() + "/" + metadata.getName(), metadata.getGeneration());
            }
        }
        return generations;
    }

    private static void whatRunsReachesItsResult(String namespace) {
        var running = job(namespace, "running");
        assertThat(running.getStatus().phase()).isEqualTo(JobPhase.RUNNING);
        var docker = LocalDocker.shared().client();
        var end = docker.execCreateCmd(running.getStatus().containerID())
                .withCmd("touch", "/end")
                .exec();
        docker.execStartCmd(end.getId()).withDetach(true).exec(new ResultCallback.Adapter<>());
        var status = awaitStatus(namespace, "running", job -> job.getStatus().phase() != JobPhase.RUNNING);
        assertThat(status.reason()).isEqualTo(JobReason.COMPLETED);
        assertThat(status.exitCode()).isEqualTo(0);
        assertThat(status.logs().stdout()).isEqualTo("done\n");
        assertThat(status.attempts()).hasSize(1);
        await().atMost(SOON).until(() -> Containers.of(running).isEmpty());
    }

    /** But for a removal of what is left, and the generation of those whose defaults went. */
    private static void whatHasEndedStaysAsItIs(String namespace) {
        for (var name : ENDED) {
            var before = BEFORE.get(namespace + name);
            var now = job(namespace, name).getStatus();
            assertThat(now.phase()).as(name).isEqualTo(before.phase());
            assertThat(now.reason()).as(name).isEqualTo(before.reason());
            assertThat(now.message()).as(name).isEqualTo(before.message());
            assertThat(now.exitCode()).as(name).isEqualTo(before.exitCode());
            assertThat(now.logs()).as(name).isEqualTo(before.logs());
            assertThat(now.attempts()).as(name).isEqualTo(before.attempts());
        }
    }

    private static void whatWaitsKeepsWaiting(String namespace) {
        awaitReason(namespace, "missing", JobReason.TEMPLATE_NOT_FOUND);
        awaitReason(namespace, "suspended", JobReason.SUSPENDED);
        awaitReason(namespace, "unreachable", JobReason.HOST_UNREACHABLE);
        awaitReason(namespace, "nowhere", JobReason.NO_MATCHING_HOST);
        awaitReason(namespace, "leaky", JobReason.SUSPENDED);
        // Nine digits of a second are all that an Instant has.
        var scheduled = awaitReason(namespace, "scheduled", JobReason.SCHEDULED);
        assertThat(scheduled.message()).contains("2099-01-01T00:00:00.123");
        // Its wait was over long ago. An older version takes any limit.
        var retried = awaitStatus(
                namespace,
                "retried",
                job -> job.getStatus().attempt() >= 2 && job.getStatus().reason() == JobReason.RETRY_BACKOFF);
        assertThat(retried.message()).contains("attempt 2 of 1001 ");
    }

    private static void whatMayStartStarts(String namespace) {
        edit(namespace, "suspended", spec -> spec.suspend(false));
        var template = new ContainerTemplate();
        template.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("nothing")
                .build());
        template.setSpec(ContainerTemplateSpecBuilder.builder()
                .image(LocalDocker.IMAGE)
                .command(List.of("true"))
                .build());
        world.client().resource(template).create();
        awaitReason(namespace, "suspended", JobReason.COMPLETED);
        awaitReason(namespace, "missing", JobReason.COMPLETED);
        // Would not be taken today.
        edit(namespace, "leaky", spec -> spec.cancel(true));
        awaitReason(namespace, "leaky", JobReason.CANCEL_REQUESTED);
    }

    private static void everythingCanBeDeleted(String namespace) {
        for (var kind : List.of(ContainerJob.class, ContainerTemplate.class, DockerHost.class)) {
            var all = world.client().resources(kind).inNamespace(namespace);
            all.delete();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(all.list().getItems()).isEmpty());
        }
    }

    private static ContainerJob job(String namespace, String name) {
        return world.client()
                .resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private static void edit(String namespace, String name, UnaryOperator<ContainerJobSpecBuilder> change) {
        await().atMost(SOON).ignoreException(KubernetesClientException.class).until(() -> {
            var job = job(namespace, name);
            job.setSpec(
                    change.apply(ContainerJobSpecBuilder.builder(job.getSpec())).build());
            world.client().resource(job).update();
            return true;
        });
    }

    private static ContainerJobStatus awaitReason(String namespace, String name, JobReason reason) {
        return awaitStatus(namespace, name, job -> job.getStatus().reason() == reason);
    }

    private static ContainerJobStatus awaitStatus(String namespace, String name, Predicate<ContainerJob> state) {
        return await(name).atMost(SOON).until(() -> job(namespace, name), state).getStatus();
    }
}
