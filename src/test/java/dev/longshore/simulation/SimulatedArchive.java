package dev.longshore.simulation;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveUpload;
import dev.longshore.archive.Archived;
import dev.longshore.archive.LogArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** An archive in memory, which fails as often as it is told to. */
final class SimulatedArchive implements LogArchive {
    private final Faults faults;
    private final Map<ArchiveKey, byte[]> objects;
    private final Runnable onKilled;

    SimulatedArchive(Faults faults) {
        this(faults, new HashMap<>(), () -> {});
    }

    private SimulatedArchive(Faults faults, Map<ArchiveKey, byte[]> objects, Runnable onKilled) {
        this.faults = faults;
        this.objects = objects;
        this.onKilled = onKilled;
    }

    /** The same objects, as one operator has them, which may be killed in the middle of a call. */
    SimulatedArchive of(Runnable killed) {
        return new SimulatedArchive(faults, objects, killed);
    }

    private <T> T call(String name, Supplier<T> call) {
        try {
            return faults.around(name, call);
        } catch (Faults.Killed e) {
            onKilled.run();
            throw unavailable();
        }
    }

    static ArchiveException unavailable() {
        return new ArchiveException(ArchiveException.Cause.UNAVAILABLE, "memory://: no response", null);
    }

    boolean has(ArchiveKey key) {
        return objects.containsKey(key);
    }

    @Override
    public String url(ArchiveKey key) {
        return "memory:///" + key.path();
    }

    @Override
    public OptionalLong size(ArchiveKey key) {
        return call("archive size", () -> has(key) ? OptionalLong.of(objects.get(key).length) : OptionalLong.empty());
    }

    @Override
    public ArchiveUpload upload(ArchiveKey key) {
        var written = new ByteArrayOutputStream();
        return new ArchiveUpload() {
            @Override
            public OutputStream stream() {
                return written;
            }

            @Override
            public long commit() {
                return call("archive commit", () -> {
                    objects.put(key, written.toByteArray());
                    return (long) written.size();
                });
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<InputStream> open(ArchiveKey key) {
        return Optional.ofNullable(objects.get(key)).map(ByteArrayInputStream::new);
    }

    @Override
    public List<Archived> list(String namespace, String job) {
        return List.of();
    }

    @Override
    public void delete(ArchiveKey key) {
        objects.remove(key);
    }

    @Override
    public void close() {}
}
