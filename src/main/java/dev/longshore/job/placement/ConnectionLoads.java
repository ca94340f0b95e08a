package dev.longshore.job.placement;

import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobKey;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.HostTerms;
import dev.longshore.job.queue.Slots;
import java.time.Duration;
import java.util.Optional;

/** Hosts as their connections know them. */
public final class ConnectionLoads implements HostLoads {
    private final Hosts hosts;
    private final Slots slots;
    private final HostRefusals refusals;

    public ConnectionLoads(Hosts hosts, Slots slots, HostRefusals refusals) {
        this.hosts = hosts;
        this.slots = slots;
        this.refusals = refusals;
    }

    @Override
    public Optional<String> degraded(HostKey host) {
        return refusals.degraded(host);
    }

    @Override
    public Optional<String> unreachable(HostKey host) {
        return hosts.get(host)
                .map(HostAccess::state)
                .filter(HostState.Down.class::isInstance)
                .map(state -> ((HostState.Down) state).message());
    }

    @Override
    public boolean connecting(HostKey host) {
        return hosts.get(host)
                .map(connection -> connection.state() instanceof HostState.Connecting)
                .orElse(true);
    }

    @Override
    public Optional<Duration> unreached(HostKey host) {
        var access = hosts.get(host);
        // One without a connection yet is about to be tried.
        return access.isEmpty() ? Optional.of(Duration.ZERO) : access.get().unreached();
    }

    @Override
    public Optional<EngineInfo> engine(HostKey host) {
        return hosts.get(host)
                .map(HostAccess::state)
                .filter(HostState.Ready.class::isInstance)
                .map(state -> ((HostState.Ready) state).engine());
    }

    @Override
    public double share(HostKey host, HostTerms terms) {
        return slots.on(host).share(terms);
    }

    @Override
    public boolean fits(HostKey host, JobKey job, Demand demand, HostTerms terms) {
        return slots.on(host).fits(job, demand, terms);
    }
}
