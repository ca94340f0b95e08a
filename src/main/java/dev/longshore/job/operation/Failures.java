package dev.longshore.job.operation;

import static java.util.Objects.requireNonNullElse;

import java.util.concurrent.CompletionException;

/** What a future failed with. */
public final class Failures {
    private Failures() {}

    /** The failure itself, where a later stage of the future has wrapped it. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? requireNonNullElse(failure.getCause(), failure) : failure;
    }
}
