package dev.longshore.archive;

import java.time.Instant;
import java.util.Comparator;

/**
 * An object of an archive.
 *
 * @param bytes its size
 * @param stored when it was committed, by the clock of the store
 */
public record Archived(ArchiveKey key, long bytes, Instant stored) {
    /** By the time they were stored, then by attempt. */
    public static final Comparator<Archived> NEWEST_FIRST = Comparator.comparing(Archived::stored)
            .thenComparing(archived -> archived.key().attempt())
            .thenComparing(archived -> archived.key().uid())
            .reversed();
}
