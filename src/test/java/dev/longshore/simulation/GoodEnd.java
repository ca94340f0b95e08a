package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.ArrayList;

/** Brings a world to its end: nothing goes wrong any more, and all that runs ends well. */
record GoodEnd(World world) {
    private static final Duration LISTING = Duration.ofSeconds(60);
    /** A store that failed is tried again after ten minutes at the latest. */
    private static final Duration ARCHIVED = Duration.ofMinutes(11);

    void await() {
        world.faults.none();
        world.operators.killDeposed();
        world.daemons.all().forEach(daemon -> daemon.refusals.none());
        world.operators.start();
        world.hosts()
                .forEach(host -> world.changeHost(
                        host,
                        spec -> spec.active(true)
                                .allocatable(world.hosts.atFirst(host).allocatable())));
        world.operators.connectAll();
        world.api.all().stream()
                .filter(job -> job.getSpec().suspend())
                .map(job -> job.getMetadata().getUid())
                .toList()
                .forEach(uid -> world.api.edit(uid, spec -> spec.suspend(false)));
        finishAll();
        // These wait for as long as no host is larger.
        world.api.all().stream().filter(GoodEnd::exceeds).toList().forEach(job -> {
            assertThat(world.room.exceeds(job))
                    .as("R6: %s never fits", job.getMetadata().getName())
                    .isTrue();
            world.api.edit(job.getMetadata().getUid(), spec -> spec.cancel(true));
        });
        finishAll();
        world.schedule.pass(world.archive == null ? Duration.ofSeconds(Action.KEPT) : ARCHIVED);
        // A host is listed again and again; what was made for a job that is gone is there the second time at the
        // latest.
        for (var listing = 0; listing < 2; listing++) {
            world.operators.connectAll();
            world.schedule.pass(LISTING);
        }
        var left = new ArrayList<ContainerSnapshot>();
        world.daemons.all().forEach(daemon -> left.addAll(daemon.containers()));
        world.checkTheEnd(left);
    }

    private void finishAll() {
        for (var round = 0; round < 2 || round < 200 && !allFinished(); round++) {
            world.schedule.pass(Duration.ofSeconds(20));
            world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
        }
    }

    private static boolean exceeds(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().reason() == JobReason.EXCEEDS_CAPACITY;
    }

    private boolean allFinished() {
        return world.api.all().stream()
                .allMatch(job -> (JobPhases.finished(job)
                                || exceeds(job) && !job.getSpec().cancel())
                        && !job.isMarkedForDeletion());
    }
}
