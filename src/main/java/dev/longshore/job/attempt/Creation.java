package dev.longshore.job.attempt;

import dev.longshore.job.EndedAttempt;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process has done to create the attempt's container.
 *
 * @param prepared a container that was created and is not in the status yet
 * @param nameTaken a container of the same attempt that was there already when it was to be created
 * @param inputsWait whether it could not be created for what others that are being created hold of Secrets
 * @param spans how long each step took, so far
 */
@RecordBuilder
public record Creation(Prepared prepared, Prepared nameTaken, boolean inputsWait, List<EndedAttempt.Span> spans)
        implements CreationBuilder.With {
    static final Creation NONE = CreationBuilder.builder().build();

    public Creation {
        spans = spans == null ? List.of() : List.copyOf(spans);
    }

    /** The same step again, when it had to be tried again, takes the place of the first. */
    Creation withSpan(EndedAttempt.Span span) {
        var others = spans.stream().filter(other -> !other.name().equals(span.name()));
        return withSpans(Stream.concat(others, Stream.of(span)).toList());
    }
}
