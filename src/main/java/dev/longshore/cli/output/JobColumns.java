package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.job.JobPhases;
import java.time.Instant;
import java.util.function.Function;

/** What a table says of jobs. */
public final class JobColumns {
    private JobColumns() {}

    public static Columns<ContainerJob> at(Instant now) {
        return new Columns<ContainerJob>()
                .addOfAllNamespaces("NAMESPACE", job -> job.getMetadata().getNamespace())
                .add("NAME", job -> job.getMetadata().getName())
                .add("TEMPLATE", JobColumns::template)
                .add("HOST", JobColumns::host)
                .add("PRIORITY", job -> job.getSpec().priority().toString())
                .add("PHASE", job -> JobPhases.of(job).toString())
                .add(
                        "EXIT",
                        ofStatus(status -> status.exitCode() == null
                                ? ""
                                : status.exitCode().toString()))
                .add("DURATION", ofStatus(ContainerJobStatus::duration))
                .add("AGE", job -> Ages.of(job, now))
                .addWide(
                        "REASON",
                        ofStatus(status ->
                                status.reason() == null ? "" : status.reason().value()))
                .addWide(
                        "ATTEMPT",
                        ofStatus(status ->
                                status.attempt() == null ? "" : status.attempt().toString()))
                .addWide("CONTAINER", ofStatus(status -> StatusText.shortId(status.containerID())))
                .addWide("MESSAGE", ofStatus(ContainerJobStatus::message));
    }

    static String template(ContainerJob job) {
        return job.getSpec().templateRef() == null
                ? StatusText.INLINE
                : job.getSpec().templateRef().name();
    }

    /** Where it is, else where it is to be; without the namespace where that is the job's own. */
    static String host(ContainerJob job) {
        var placed = job.getStatus() == null ? null : job.getStatus().host();
        if (placed != null) {
            return name(job, placed.namespace(), placed.name());
        }
        var named = job.getSpec().hostRef();
        return named == null ? "" : name(job, named.namespace(), named.name());
    }

    private static String name(ContainerJob job, String namespace, String name) {
        return namespace == null || namespace.equals(job.getMetadata().getNamespace()) ? name : namespace + "/" + name;
    }

    private static Function<ContainerJob, String> ofStatus(Function<ContainerJobStatus, String> part) {
        return job -> job.getStatus() == null ? "" : part.apply(job.getStatus());
    }
}
