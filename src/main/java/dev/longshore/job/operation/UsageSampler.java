package dev.longshore.job.operation;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.UsageSoFar;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Samples now and then what running containers use, and leaves it in the job's {@link SharedState}, from where it goes into
 * the status with the result. While no job runs there is nothing to do, and nothing is done.
 */
public final class UsageSampler {
    /** Many jobs do not run for longer than the time between two samples. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Hosts hosts;
    private final Supplier<Moment> clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Map<HostKey, SampledHost> sampled = new ConcurrentHashMap<>();

    /** @param later runs something after a time */
    public UsageSampler(Hosts hosts, Supplier<Moment> clock, BiConsumer<Duration, Runnable> later) {
        this.hosts = hosts;
        this.clock = clock;
        this.later = later;
    }

    /** A job that is running; whether it is watched already or wants no samples does not matter. */
    public void watch(ContainerJob job, SharedState shared) {
        var status = job.getStatus();
        var interval = Duration.ofSeconds(status.effective().usage().sampleSeconds());
        var first = clock.get().uptime().plus(interval.compareTo(FIRST) < 0 ? interval : FIRST);
        var id = status.containerID();
        var container = new SampledContainer(
                id,
                () -> isIn(shared.state(), id) && shared.state().observation().is(ContainerSnapshot.State.RUNNING),
                sample -> shared.update(state -> isIn(state, id)
                        ? state.with(next -> next.usage(UsageSoFar.add(state.usage(), id, sample)))
                        : state),
                interval,
                first);
        if (!interval.isZero() && container.isRunning()) {
            sampled.compute(HostKey.of(status.host()), (host, before) -> {
                var on = before == null ? newHost(host) : before;
                on.add(container);
                return on;
            });
        }
    }

    private SampledHost newHost(HostKey key) {
        return new SampledHost(() -> hosts.get(key), clock, later, () -> forgetIfEmpty(key));
    }

    /** Nothing is added meanwhile. */
    private void forgetIfEmpty(HostKey key) {
        sampled.computeIfPresent(key, (host, known) -> known.isEmpty() ? null : known);
    }

    private static boolean isIn(AttemptState state, String container) {
        return state.container().filter(known -> known.id().equals(container)).isPresent();
    }
}
