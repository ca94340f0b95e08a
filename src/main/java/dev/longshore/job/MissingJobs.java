package dev.longshore.job;

import dev.longshore.docker.CallKind;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.HostAccess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gives on what jobs held that were deleted without us, such as by hand with their finalizer taken off: nobody looks at
 * them any more. What runs of them keeps its slot until it has ended or was removed.
 */
final class MissingJobs {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Function<String, Optional<? extends HostAccess>> hosts;
    private final Function<JobKey, JobFacts> known;
    private final Consumer<JobKey> forget;
    private final BiConsumer<Duration, Runnable> later;

    MissingJobs(
            Function<String, Optional<? extends HostAccess>> hosts,
            Function<JobKey, JobFacts> known,
            Consumer<JobKey> forget,
            BiConsumer<Duration, Runnable> later) {
        this.hosts = hosts;
        this.known = known;
        this.forget = forget;
        this.later = later;
    }

    void look(JobKey job) {
        var facts = known.apply(job);
        if (facts.inFlight() != null) {
            return;
        }
        var container = facts.container();
        var host = Optional.ofNullable(container)
                // A start may have taken effect though its answer was lost.
                .filter(seen -> seen.state() != ContainerSnapshot.State.EXITED)
                .flatMap(seen -> hosts.apply(seen.labels().get(JobLabels.HOST)));
        if (host.isEmpty()) {
            forget.accept(job);
            return;
        }
        var unused = host.get()
                .call(CallKind.OBSERVE, docker -> docker.inspect(container.id()))
                .whenComplete((found, failure) -> {
                    if (failure != null) {
                        later.accept(RETRY, () -> look(job));
                    } else if (found.map(ContainerSnapshot::state)
                            .filter(ContainerSnapshot.State.RUNNING::equals)
                            .isEmpty()) {
                        forget.accept(job);
                    }
                });
    }
}
