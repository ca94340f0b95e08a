package dev.longshore.job.operation;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.UsageSoFar;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Samples now and then what running containers use, and leaves it in the job's {@link SharedState}, from where it goes into
 * the status with the result. The next sample of a container is due some time after the last was answered, so that a slow
 * daemon is sampled less often. While no job runs there is nothing to do, and nothing is done.
 */
public final class UsageSampler {
    /** Many jobs do not run for longer than the time between two samples. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private record Watch(HostKey host, String container, SharedState shared, Duration interval) {
        boolean isRunning() {
            return isIn(shared.state()) && shared.state().observation().is(ContainerSnapshot.State.RUNNING);
        }

        boolean isIn(AttemptState state) {
            return state.container()
                    .filter(known -> known.id().equals(container))
                    .isPresent();
        }
    }

    private final Hosts hosts;
    private final BiConsumer<Duration, Runnable> later;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    /** @param later runs something after a time */
    public UsageSampler(Hosts hosts, BiConsumer<Duration, Runnable> later) {
        this.hosts = hosts;
        this.later = later;
    }

    /** A job that is running; whether it is watched already or wants no samples does not matter. */
    public void watch(ContainerJob job, SharedState shared) {
        var status = job.getStatus();
        var interval = Duration.ofSeconds(status.effective().usage().sampleSeconds());
        var watch = new Watch(HostKey.of(status.host()), status.containerID(), shared, interval);
        if (!interval.isZero() && watch.isRunning() && watched.add(watch.container())) {
            later.accept(interval.compareTo(FIRST) < 0 ? interval : FIRST, () -> sample(watch));
        }
    }

    private void sample(Watch watch) {
        var host = hosts.get(watch.host());
        if (host.isEmpty() || !watch.isRunning()) {
            watched.remove(watch.container());
            return;
        }
        var unused = host.get()
                .call(CallKind.SAMPLE, docker -> docker.stats(watch.container()))
                .whenComplete((sample, failure) -> {
                    // One that failed is only missing.
                    if (failure == null && sample.isPresent()) {
                        watch.shared()
                                .update(state -> watch.isIn(state)
                                        ? state.with(next -> next.usage(
                                                UsageSoFar.add(state.usage(), watch.container(), sample.get())))
                                        : state);
                    }
                    later.accept(watch.interval(), () -> sample(watch));
                });
    }
}
