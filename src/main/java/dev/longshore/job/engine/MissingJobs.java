package dev.longshore.job.engine;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.attempt.AttemptState;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Releases what jobs held that were deleted without us, such as by hand with their finalizer taken off: nobody reconciles
 * them any more. What there is of them is shown to the reaper, also on a host that is listed rarely because it is never
 * quiet; what runs keeps its slot until it has ended or was removed.
 */
final class MissingJobs {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Hosts hosts;
    private final Function<JobKey, AttemptState> known;
    private final Consumer<JobKey> forget;
    private final JobFrontEnd frontEnd;
    /** Each of them by one call or timer at a time. */
    private final Set<JobKey> checked = ConcurrentHashMap.newKeySet();

    MissingJobs(Hosts hosts, Function<JobKey, AttemptState> known, Consumer<JobKey> forget, JobFrontEnd frontEnd) {
        this.hosts = hosts;
        this.known = known;
        this.forget = forget;
        this.frontEnd = frontEnd;
    }

    void check(JobKey job) {
        if (checked.add(job)) {
            inspect(job);
        }
    }

    private void inspect(JobKey job) {
        var state = known.apply(job);
        if (state.inFlight() != null) {
            checked.remove(job);
            return;
        }
        var hosted = state.hosted();
        var host = hosted.flatMap(there -> hosts.get(there.host()));
        if (host.isEmpty()) {
            checked.remove(job);
            forget.accept(job);
            return;
        }
        // A start may have taken effect though its answer was lost.
        var unused = host.get()
                .call(
                        CallKind.OBSERVE,
                        docker -> docker.inspect(hosted.get().container().id()))
                .whenComplete((found, failure) -> {
                    if (failure != null) {
                        frontEnd.later(RETRY, () -> inspect(job));
                        return;
                    }
                    checked.remove(job);
                    found.ifPresent(there -> frontEnd.unwanted(hosted.get().host(), there));
                    if (found.filter(there -> there.state() == ContainerSnapshot.State.RUNNING)
                            .isEmpty()) {
                        forget.accept(job);
                    }
                });
    }
}
