package dev.longshore.job.operation;

import static java.util.Objects.requireNonNullElse;

import java.util.concurrent.CompletionException;

/** What a future failed with. */
final class Failures {
    private Failures() {}

    /** The failure itself, where a later stage of the future has wrapped it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? requireNonNullElse(failure.getCause(), failure) : failure;
    }
}
