package dev.longshore.host;

import dev.longshore.api.ConditionList;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.EngineStatus;
import dev.longshore.api.StatusFormat;
import dev.longshore.api.TlsStatus;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.connection.HostState;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Builds the status of a DockerHost. */
final class HostStatuses {
    static final String READY = "Ready";
    /** It refuses to create or start whatever it is asked. */
    static final String DEGRADED = "Degraded";

    private static final String SCHEDULABLE = "Schedulable";

    private HostStatuses() {}

    /** What the conditions say. */
    record Health(boolean ready, String reason, String message, EngineInfo engine, Instant certificateEnd) {
        Health(boolean ready, String reason, String message, EngineInfo engine) {
            this(ready, reason, message, engine, engine == null ? null : engine.certificateEnd());
        }
    }

    /** Nothing while the first connection is being made. */
    static Optional<Health> health(HostState state) {
        if (state instanceof HostState.Ready ready) {
            var engine = ready.engine();
            return Optional.of(new Health(
                    true, READY, engine.kind().product() + " " + engine.version() + " is reachable", engine));
        }
        return state instanceof HostState.Down down
                ? Optional.of(new Health(false, reason(down.why()), down.message(), null, down.certificateEnd()))
                : Optional.empty();
    }

    static Health problem(HostProblem problem) {
        return new Health(false, problem.reason(), problem.getMessage(), null);
    }

    private static String reason(DockerUnavailableException.Cause why) {
        return switch (why) {
            case UNREACHABLE -> "Unreachable";
            case TLS_INVALID -> "TlsInvalid";
            case UNSUPPORTED_API -> "UnsupportedApi";
        };
    }

    /** @param refusal what the daemon says if it refuses whatever it is asked */
    static DockerHostStatusBuilder of(
            DockerHost host, Health health, HostUse use, Optional<String> refusal, Instant now) {
        var before =
                host.getStatus() == null ? DockerHostStatusBuilder.builder().build() : host.getStatus();
        var generation = host.getMetadata().getGeneration();
        var schedulable = schedulable(host, health, use.jobs().running());
        return DockerHostStatusBuilder.builder(before)
                .conditions(new ConditionList(before.conditions(), generation, now)
                        .add(READY, health.ready(), health.reason(), health.message())
                        .add(SCHEDULABLE, schedulable.ready(), schedulable.reason(), schedulable.message())
                        .add(
                                DEGRADED,
                                refusal.isPresent(),
                                refusal.isPresent() ? "Refused" : "AsUsual",
                                refusal.map(HostStatuses::degraded).orElse(""))
                        .toList())
                .engine(health.engine() == null ? before.engine() : engine(health.engine()))
                .tls(tls(before.tls(), health))
                .allocated(use.allocated())
                .jobs(use.jobs())
                .observedGeneration(generation);
    }

    private static Health schedulable(DockerHost host, Health health, int running) {
        if (!health.ready()) {
            return health;
        }
        if (host.isMarkedForDeletion()) {
            return new Health(
                    false, "Deleting", "being deleted: waiting for " + running + " running jobs; none starts", null);
        }
        return host.getSpec().active()
                ? new Health(true, SCHEDULABLE, "", null)
                : new Health(false, "Inactive", "cordoned (spec.active: false)", null);
    }

    /** Whether only the numbers of jobs and the room that they hold are others. */
    static boolean differInCountsAlone(DockerHostStatus before, DockerHostStatus now) {
        return before != null
                && DockerHostStatusBuilder.builder(before)
                        .jobs(now.jobs())
                        .allocated(now.allocated())
                        .build()
                        .equals(now);
    }

    static String degraded(String refusal) {
        return "the daemon refuses unrelated jobs; trying one job at a time until one starts: " + refusal;
    }

    /** Without a connection it is kept, unless what TLS failed with is known. */
    private static TlsStatus tls(TlsStatus before, Health health) {
        if (health.certificateEnd() == null) {
            return health.engine() == null ? before : null;
        }
        return new TlsStatus(StatusFormat.time(health.certificateEnd()));
    }

    private static EngineStatus engine(EngineInfo engine) {
        return new EngineStatus(
                engine.kind().name().toLowerCase(Locale.ROOT),
                engine.id(),
                engine.version(),
                engine.apiVersion(),
                engine.os(),
                engine.architecture(),
                engine.cpus(),
                new Quantity(Long.toString(engine.memory())),
                engine.devices());
    }
}
