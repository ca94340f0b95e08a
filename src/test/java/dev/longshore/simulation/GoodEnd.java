package dev.longshore.simulation;

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
        world.hosts().forEach(host -> world.cordon(host, false));
        world.operators.connectAll();
        world.api.all().stream()
                .filter(job -> job.getSpec().suspend())
                .map(job -> job.getMetadata().getUid())
                .toList()
                .forEach(uid -> world.api.edit(uid, spec -> spec.suspend(false)));
        for (var round = 0; round < 200 && !allFinished(); round++) {
            world.schedule.pass(Duration.ofSeconds(20));
            world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
        }
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

    private boolean allFinished() {
        return world.api.all().stream().allMatch(job -> JobPhases.finished(job) && !job.isMarkedForDeletion());
    }
}
