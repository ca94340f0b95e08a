package dev.longshore.host;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Secrets of hosts as they were read a moment ago: a host is reconciled for other reasons as well, and many hosts may share a
 * Secret. From any thread.
 */
public final class RecentSecrets {
    /** Together with the pause between two checks of a host, less than the 30 s in which a changed Secret takes effect. */
    private static final Duration AGE = Duration.ofSeconds(10);

    private record Read(Secret secret, long nanos) {}

    private final BiFunction<String, String, Optional<Secret>> secrets;
    private final LongSupplier clock;
    private final Map<String, Read> recent = new ConcurrentHashMap<>();

    /** @param secrets by namespace and name */
    public RecentSecrets(BiFunction<String, String, Optional<Secret>> secrets) {
        this(secrets, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    RecentSecrets(BiFunction<String, String, Optional<Secret>> secrets, LongSupplier clock) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** One that is not there is asked for each time: it may be created at any moment. */
    public Optional<Secret> get(String namespace, String name) {
        var now = clock.getAsLong();
        var key = namespace + "/" + name;
        var known = recent.get(key);
        if (known != null && isRecent(known, now)) {
            return Optional.of(known.secret());
        }
        recent.values().removeIf(read -> !isRecent(read, now));
        var read = secrets.apply(namespace, name);
        read.ifPresent(secret -> recent.put(key, new Read(secret, now)));
        return read;
    }

    private static boolean isRecent(Read read, long now) {
        return now - read.nanos() < AGE.toNanos();
    }
}
