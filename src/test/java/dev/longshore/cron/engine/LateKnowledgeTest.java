package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cron.ScheduledJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Caches that are behind, and jobs that another operator creates late. */
class LateKnowledgeTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void aJobThatIsGoneBeforeTheCacheHadItIsForgotten() {
        var world = forbid();
        world.isCacheBehind = true;
        world.pass(TEN_MINUTES);
        var name = world.api.unfinished().get(0).getMetadata().getName();
        world.api.finish(name, JobPhase.COMPLETED);
        world.api.deleteByHand(name);
        world.pass(TEN_MINUTES);
        world.assertStarted("2026-03-02T00:10:00Z", "2026-03-02T00:20:00Z");
    }

    @Test
    void anOperatorWhoseCacheIsBehindKnowsWhatIsRecorded() {
        var world = forbid();
        world.pass(TEN_MINUTES);
        world.isCacheBehind = true;
        world.startOperator();
        world.pass(TEN_MINUTES);
        world.assertStarted("2026-03-02T00:10:00Z");
        assertThat(world.api.cron.getStatus().active()).hasSize(1);
    }

    @Test
    void aScheduleThatIsChangedBeforeAnyoneSawItMakesUpForNothing() {
        var world = new CronWorld(spec -> spec.schedule("0 0 * * *"));
        world.now = world.now.plus(Duration.ofMinutes(301));
        world.api.edit(spec -> spec.schedule("0 * * * *"));
        world.pass(TEN_MINUTES);
        assertThat(world.api.started).isEmpty();
    }

    @Test
    void aLateJobOfAScheduleThatIsNoMoreNeverStarts() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *"));
        world.reconcile();
        world.now = world.now.plus(Duration.ofMinutes(61));
        var late = ScheduledJobs.at(world.api.cron, Instant.parse("2026-03-02T01:00:00Z"));
        world.api.edit(spec -> spec.schedule("30 4 * * *"));
        world.reconcile();
        world.api.create(late);
        world.reconcile();
        assertThat(world.api.started).isEmpty();
        assertThat(world.api.jobs).isEmpty();
    }

    @Test
    void ofTwoJobsThatWaitTheNewestOnlyIsRecorded() {
        var world = new CronWorld(spec -> spec.schedule("*/10 * * * *"));
        world.reconcile();
        world.now = world.now.plus(Duration.ofMinutes(21));
        world.api.create(ScheduledJobs.at(world.api.cron, Instant.parse("2026-03-02T00:10:00Z")));
        world.api.create(ScheduledJobs.at(world.api.cron, Instant.parse("2026-03-02T00:20:00Z")));
        world.reconcile();
        world.assertStarted("2026-03-02T00:20:00Z");
        assertThat(world.api.jobs).hasSize(1);
    }

    @Test
    void aLateJobNeverStartsBesideAnotherThatForbidsIt() {
        var world = forbid();
        world.pass(TEN_MINUTES);
        world.api.create(ScheduledJobs.at(world.api.cron, Instant.parse("2026-03-02T00:20:00Z")));
        world.reconcile();
        world.assertStarted("2026-03-02T00:10:00Z");
        assertThat(world.api.jobs).hasSize(1);
    }

    @Test
    void aJobThatAnotherOperatorCreatedReplacesTheEarlierBeforeItStarts() {
        var world = new CronWorld(spec -> spec.schedule("*/10 * * * *").concurrencyPolicy(ConcurrencyPolicy.REPLACE));
        world.pass(TEN_MINUTES);
        var earlier = world.api.unfinished().get(0).getMetadata().getName();
        var replaced = new ArrayList<Boolean>();
        world.api.watcher = new CronApi.Watcher() {
            @Override
            public void started(ContainerJob job) {
                replaced.add(world.api.jobs.get(earlier).getSpec().cancel());
            }
        };
        world.api.create(ScheduledJobs.at(world.api.cron, Instant.parse("2026-03-02T00:20:00Z")));
        world.reconcile();
        world.assertStarted("2026-03-02T00:10:00Z", "2026-03-02T00:20:00Z");
        assertThat(replaced).containsExactly(true);
    }

    private static CronWorld forbid() {
        return new CronWorld(spec -> spec.schedule("*/10 * * * *").concurrencyPolicy(ConcurrencyPolicy.FORBID));
    }
}
