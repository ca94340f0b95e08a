package dev.longshore.job;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a job needs for its start, or why it cannot be started without. */
public sealed interface BlockedOr<T> {
    /** The value. */
    record Value<T>(T value) implements BlockedOr<T> {}

    /** The job has to wait. */
    record Wait<T>(Blocked why) implements BlockedOr<T> {}

    static <T> BlockedOr<T> of(T value) {
        return new Value<>(value);
    }

    static <T> BlockedOr<T> blocked(Blocked why) {
        return new Wait<>(why);
    }

    /** A value that is computed only where nothing blocks the job. */
    static <T> BlockedOr<T> unless(Optional<? extends Blocked> why, Supplier<T> value) {
        return why.isPresent() ? blocked(why.get()) : of(value.get());
    }

    default <R> R either(Function<Blocked, R> blocked, Function<T, R> there) {
        return this instanceof Value<T> some ? there.apply(some.value()) : blocked.apply(((Wait<T>) this).why());
    }

    default <R> BlockedOr<R> map(Function<T, R> change) {
        return either(BlockedOr::blocked, value -> of(change.apply(value)));
    }
}
