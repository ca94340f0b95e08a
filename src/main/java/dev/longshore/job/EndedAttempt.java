package dev.longshore.job;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import java.time.Instant;
import java.util.List;

/**
 * An attempt of a job whose result is stored, and where its time went.
 *
 * @param template that the job refers to; null: one of its own
 * @param image as the template has it
 * @param host that it was on, or was meant for; null: there was none yet
 * @param phase how it ended; Failed also where another follows
 * @param containerID null where no container was created
 * @param exitCode null where its container never ran or is lost
 * @param stored when the API server had accepted the result
 * @param spans in order; none where this process has observed nothing of it
 */
public record EndedAttempt(
        JobKey job,
        String template,
        String image,
        int attempt,
        HostKey host,
        JobPhase phase,
        JobReason reason,
        String containerID,
        Integer exitCode,
        Instant stored,
        List<Span> spans) {
    public static final String QUEUE = "queue";
    public static final String PULL = "pull";
    public static final String CREATE = "create";
    public static final String RUN = "run";
    /** From the container's end until the API server had accepted the result. */
    public static final String RECORD = "record";

    public EndedAttempt {
        spans = List.copyOf(spans);
    }

    /** What an attempt did for a time, by our clock. */
    public record Span(String name, Instant from, Instant until) {}
}
