package dev.longshore.job.engine;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.EventSink;
import dev.longshore.job.ClusterView;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobMeter;
import dev.longshore.job.JobTraces;
import dev.longshore.job.Moment;
import dev.longshore.job.archiving.ArchiveAccess;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.Supplier;

/**
 * What the engine works with.
 *
 * @param events null: none are recorded
 * @param meter null: nothing is measured
 * @param traces null: none are recorded
 * @param archive null: logs are not archived
 * @param keepsFailed whether {@code keepFailedSeconds} counts; null: it does
 */
@RecordBuilder
public record EnginePorts(
        ClusterView cluster,
        Hosts hosts,
        JobFrontEnd frontEnd,
        Supplier<Moment> clock,
        EventSink events,
        JobMeter meter,
        JobTraces traces,
        ArchiveAccess archive,
        Boolean keepsFailed) {
    public EnginePorts {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(hosts, "hosts is null");
        requireNonNull(frontEnd, "frontEnd is null");
        requireNonNull(clock, "clock is null");
        events = requireNonNullElse(events, (regarding, type, reason, message) -> {});
        meter = requireNonNullElse(meter, JobMeter.NONE);
        traces = requireNonNullElse(traces, JobTraces.NONE);
        keepsFailed = requireNonNullElse(keepsFailed, true);
    }
}
