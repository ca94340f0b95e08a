package dev.longshore.kubernetes;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * How resources of one kind are kept in a cache.
 *
 * @param make an empty resource
 * @param nothing a spec without content, for one that cannot be read
 * @param stub what is left of a resource that is too large to be kept, given the bytes of its spec; one that it refuses by an
 *     IllegalArgumentException counts as unreadable
 */
public record CachedKind<S, T, R extends CustomResource<S, T>>(
        Class<R> type,
        Supplier<R> make,
        Class<S> spec,
        Class<T> status,
        Supplier<S> nothing,
        BiFunction<R, Long, R> stub) {}
