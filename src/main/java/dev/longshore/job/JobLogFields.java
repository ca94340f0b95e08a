package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.DockerEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * Which job a thread works on, for its log lines: {@code namespace}, {@code job}, {@code host} and {@code attempt}, where
 * they are known. Whatever is logged while a {@link Scope} is open has them as fields of its own.
 */
public record JobLogFields(Map<String, String> fields) {
    private static final String NAMESPACE = "namespace";
    private static final String JOB = "job";
    private static final String HOST = "host";
    private static final String ATTEMPT = "attempt";

    /** To be closed by the thread that opened it, which then has the fields that it had before. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** With the attempt that is under way, or comes next; of a job that has finished the last one. */
    public static JobLogFields of(ContainerJob job) {
        return of(job, JobPhases.finished(job) ? JobPhases.lastAttempt(job) : JobPhases.currentAttempt(job));
    }

    /** With the attempt that has begun last, which is what its Events are about. */
    public static JobLogFields ofEvents(ContainerJob job) {
        return of(job, JobPhases.lastAttempt(job));
    }

    private static JobLogFields of(ContainerJob job, int attempt) {
        var fields = new HashMap<String, String>();
        fields.put(NAMESPACE, job.getMetadata().getNamespace());
        fields.put(JOB, job.getMetadata().getName());
        HostKey.of(job).ifPresent(host -> fields.put(HOST, host.toString()));
        fields.put(ATTEMPT, Integer.toString(Math.max(1, attempt)));
        return new JobLogFields(fields);
    }

    /** Of a container's labels. */
    public static JobLogFields of(Map<String, String> labels) {
        return new JobLogFields(Map.of(
                NAMESPACE, labels.get(JobLabels.NAMESPACE),
                JOB, labels.get(JobLabels.JOB),
                HOST, labels.get(JobLabels.HOST),
                ATTEMPT, labels.get(JobLabels.ATTEMPT)));
    }

    public JobLogFields on(HostKey host) {
        var all = new HashMap<>(fields);
        all.put(HOST, host.toString());
        return new JobLogFields(all);
    }

    public Scope open() {
        var before = new HashMap<String, String>();
        fields.forEach((name, value) -> {
            before.put(name, MDC.get(name));
            MDC.put(name, value);
        });
        return () -> before.forEach((name, value) -> {
            if (value == null) {
                MDC.remove(name);
            } else {
                MDC.put(name, value);
            }
        });
    }

    /** The same work, in a scope. */
    public <T> Function<DockerEngine, T> around(Function<DockerEngine, T> work) {
        return docker -> {
            try (var scope = open()) {
                return work.apply(docker);
            }
        };
    }
}
