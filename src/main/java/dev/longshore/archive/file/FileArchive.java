package dev.longshore.archive.file;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveUpload;
import dev.longshore.archive.Archived;
import dev.longshore.archive.LogArchive;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** A folder. Without state of its own; that files are replaced by renaming is what lets any thread and process use it. */
public final class FileArchive implements LogArchive {
    /** Files that are read of one job's folder at most, so that a listing ends. */
    private static final int SCANNED = 100_000;

    private static final int CREATIONS = 5;

    private final URI uri;
    private final Path base;
    private final FileFailures failures;

    /** @param uri {@code file:///dir}, checked */
    public FileArchive(URI uri) {
        this.uri = uri;
        base = Path.of(uri.getPath());
        failures = new FileFailures(url());
    }

    @Override
    public String url(ArchiveKey key) {
        return url() + "/" + key.path();
    }

    /** Java writes {@code file:/dir} for the same. */
    private String url() {
        return "file://" + uri.getRawPath();
    }

    @Override
    public OptionalLong size(ArchiveKey key) {
        return failures.explained(() -> {
            var attributes = requireBase().find(key.namespace(), key.job(), key.uid(), key.fileName());
            return attributes.isPresent() && attributes.get().isRegularFile()
                    ? OptionalLong.of(attributes.get().size())
                    : OptionalLong.empty();
        });
    }

    @Override
    public ArchiveUpload upload(ArchiveKey key) {
        return failures.explained(() -> {
            for (var tries = 1; ; tries++) {
                try {
                    var folder = requireBase().create(key.namespace(), key.job(), key.uid());
                    return FileUpload.start(folder, key, failures);
                } catch (NoSuchFileException e) {
                    // The folder was empty, and was deleted with the last object of another key.
                    if (tries == CREATIONS) {
                        throw e;
                    }
                }
            }
        });
    }

    @Override
    public Optional<InputStream> open(ArchiveKey key) {
        return failures.explained(() -> {
            if (size(key).isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        failures.explained(Files.newInputStream(base.resolve(key.path()), LinkOption.NOFOLLOW_LINKS)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<Archived> list(String namespace, String job) {
        ArchiveKey.requirePart("namespace", namespace);
        ArchiveKey.requirePart("job", job);
        return failures.explained(() -> {
            var newest = new PriorityQueue<>(Archived.NEWEST_FIRST.reversed());
            if (requireBase().find(namespace, job).isPresent()) {
                scan(namespace + "/" + job, newest);
            }
            return newest.stream().sorted(Archived.NEWEST_FIRST).toList();
        });
    }

    private void scan(String job, PriorityQueue<Archived> newest) throws IOException {
        var scanned = 0;
        try (var uids = Files.newDirectoryStream(base.resolve(job))) {
            for (var uid : uids) {
                if (!Files.isDirectory(uid, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                try (var files = Files.newDirectoryStream(uid, "*.log.gz")) {
                    for (var file : files) {
                        var key = ArchiveKey.parse(job + "/" + uid.getFileName() + "/" + file.getFileName());
                        if (key.isPresent()) {
                            archived(key.get(), file).ifPresent(newest::add);
                        }
                        if (newest.size() > LISTED) {
                            newest.poll();
                        }
                        if (++scanned == SCANNED) {
                            return;
                        }
                    }
                } catch (NoSuchFileException | NotDirectoryException e) {
                    // Deleted in between.
                }
            }
        } catch (NoSuchFileException e) {
            // The same.
        }
    }

    private static Optional<Archived> archived(ArchiveKey key, Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new Archived(
                            key,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(ArchiveKey key) {
        failures.explained(() -> {
            if (requireBase().find(key.namespace(), key.job(), key.uid()).isPresent()) {
                var file = base.resolve(key.path());
                Files.deleteIfExists(file);
                FileUpload.removeLeftOvers(file.getParent(), key);
                deleteEmpty(file.getParent());
            }
            return null;
        });
    }

    /** The folders of the UID, the job and the namespace, as far as nothing else is in them. */
    private void deleteEmpty(Path folder) throws IOException {
        for (var each = folder; !each.equals(base); each = each.getParent()) {
            try {
                Files.deleteIfExists(each);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    /** A volume that is not mounted must not be filled where it would be. */
    private Folders requireBase() {
        if (!Files.isDirectory(base)) {
            throw new ArchiveException(
                    ArchiveException.Cause.NOT_FOUND,
                    failures.message("the folder does not exist: create it, or mount its volume"),
                    null);
        }
        return new Folders(base);
    }

    @Override
    public void close() {
        // Nothing is open between calls.
    }
}
