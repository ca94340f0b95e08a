package dev.longshore.job.placement;

import dev.longshore.docker.EngineInfo;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.HostTerms;
import java.time.Duration;
import java.util.Optional;

/** What is known of hosts at the moment, by their key. */
public interface HostLoads {
    /** Why a host cannot be used now; nothing where it can, or where that is not known yet. */
    Optional<String> unreachable(HostKey host);

    /** Whether that is known in a moment, because the first connection is being opened. */
    boolean connecting(HostKey host);

    /** For how long a daemon that was never reached so far has been tried; nothing for one that was. */
    default Optional<Duration> unreached(HostKey host) {
        return Optional.empty();
    }

    /** What its daemon reports of its machine; nothing where it cannot be used now. */
    default Optional<EngineInfo> engine(HostKey host) {
        return Optional.empty();
    }

    /** Its last refusal, if it refuses all requests. */
    default Optional<String> degraded(HostKey host) {
        return Optional.empty();
    }

    /** The largest share of slots, CPU, memory or GPUs that jobs have there. */
    default double share(HostKey host, HostTerms terms) {
        return 0;
    }

    /** Whether a slot and room for a job are free there, whoever waits for them. */
    default boolean fits(HostKey host, JobKey job, Demand demand, HostTerms terms) {
        return true;
    }

    /** Whether something can be done there now. */
    default boolean isReachable(HostKey host) {
        return unreachable(host).isEmpty() && !connecting(host);
    }
}
