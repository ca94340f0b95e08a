package dev.longshore.image;

import dev.longshore.api.PulledImage;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the recorded images of a host now and then, and removes those that are unused for so long.
 *
 * <p>Threads: every field is guarded by this object, which is not held while the host is called. The thread that reconciles the
 * host begins a check, one at a time; threads of the host ask the daemon and remove, one image a call, so that each has a deadline
 * of its own.
 */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
    private static final int CHECKS_IN_TIME = 4;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Where nothing is removed, only the record is kept up to date. */
    private static final Duration PAUSE_WITHOUT_REMOVAL = Duration.ofMinutes(10);

    private final String host;
    private final PullRecord record;
    private final Supplier<Collection<String>> wanted;
    private final Runnable changed;
    private final Supplier<Duration> uptime;
    /** By the ID of an image. */
    private final Map<String, Duration> lastUse = new HashMap<>();

    private Map<PulledImage, Duration> unusedSince = Map.of();
    private Optional<Duration> after = Optional.empty();
    private boolean checking;
    /** Said once, for as long as it lasts. */
    private boolean refused;

    private Duration lastCheck;

    /**
     * @param wanted references of images that are not to be removed
     * @param changed has the host reconciled; returns at once
     */
    Removal(
            String host,
            PullRecord record,
            Supplier<Collection<String>> wanted,
            Runnable changed,
            Supplier<Duration> uptime) {
        this.host = host;
        this.record = record;
        this.wanted = wanted;
        this.changed = changed;
        this.uptime = uptime;
    }

    /**
     * Begins a check if one is due.
     *
     * @param removedAfter the time for which an image has to be unused; nothing: none is removed
     * @return when to do so again
     */
    Optional<Duration> reconcile(Optional<Duration> removedAfter, HostAccess access) {
        var left = untilCheck(removedAfter);
        if (left.filter(Duration::isZero).isPresent()) {
            check(access);
            return Optional.empty();
        }
        return left;
    }

    /** Zero: it begins now. Nothing while there is no reason to, or one is in progress: its end has the host reconciled. */
    private synchronized Optional<Duration> untilCheck(Optional<Duration> removedAfter) {
        after = removedAfter;
        if (checking || record.images().isEmpty()) {
            return Optional.empty();
        }
        var left = lastCheck == null
                ? Duration.ZERO
                : lastCheck.plus(pause(removedAfter)).minus(uptime.get());
        checking = left.isZero() || left.isNegative();
        return Optional.of(checking ? Duration.ZERO : left);
    }

    private static Duration pause(Optional<Duration> removedAfter) {
        return removedAfter
                .map(time -> time.dividedBy(CHECKS_IN_TIME))
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)
                .map(pause -> pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause)
                .orElse(PAUSE_WITHOUT_REMOVAL);
    }

    /** Something uses, or used until now, a recorded image. */
    synchronized void used(String id) {
        if (record.hasId(id)) {
            lastUse.put(id, uptime.get());
        }
    }

    private void check(HostAccess access) {
        var unused = access.call(CallKind.REMOVE, this::due)
                .thenCompose(due -> removeAll(access, due))
                .whenComplete((done, failure) -> {
                    checked(failure instanceof CompletionException ? failure.getCause() : failure);
                    changed.run();
                });
    }

    private synchronized void checked(Throwable failure) {
        checking = false;
        lastCheck = uptime.get();
        // An outage is a condition of the host.
        var isRefused = failure != null && !(failure instanceof DockerUnavailableException);
        if (isRefused && !refused) {
            LOG.warn("{}: failed to check for unused images, retrying: {}", host, failure.getMessage());
        }
        refused = isRefused;
    }

    private List<PulledImage> due(DockerEngine docker) {
        // Before the daemon is asked: what is recorded meanwhile is not in its answer.
        var recorded = record.images();
        var local = new LocalImages(docker.images());
        return due(recorded, local, docker.imagesOfContainers(), wanted.get());
    }

    private synchronized List<PulledImage> due(
            List<PulledImage> recorded, LocalImages local, Collection<String> inUse, Collection<String> references) {
        var unused = UnusedImages.of(recorded, local, inUse, references, unusedSince, lastUse, uptime.get(), after);
        unused.gone().forEach(record::drop);
        unusedSince = unused.unusedSince();
        lastUse.keySet().removeIf(id -> !record.hasId(id));
        return unused.due();
    }

    private CompletableFuture<Void> removeAll(HostAccess access, List<PulledImage> due) {
        var all = CompletableFuture.<Void>completedFuture(null);
        for (var image : due) {
            all = all.thenCompose(before -> access.call(CallKind.REMOVE, docker -> {
                remove(docker, image);
                return null;
            }));
        }
        return all;
    }

    private void remove(DockerEngine docker, PulledImage image) {
        var local = named(docker, image);
        if (!UnusedImages.isStill(image, local)) {
            record.drop(image);
            return;
        }
        if (UnusedImages.isNameOfTagged(image, local)) {
            // Since someone gave it a tag: some daemons would remove that along with the digest.
            return;
        }
        if (wanted.get().stream().anyMatch(reference -> local.find(reference).isPresent())) {
            // A job came meanwhile.
            return;
        }
        try {
            docker.removeImage(image.reference());
        } catch (DockerRefusedException e) {
            // Such as for a container that was created meanwhile. Its time begins anew.
            LOG.debug("{}: image {} not removed: {}", host, image.reference(), e.getMessage());
            used(image.id());
            return;
        }
        LOG.info("{}: removed image {}, which no job and no container used", host, image.reference());
        record.drop(image);
        dropGone(docker, image.id());
    }

    /** With the last tag of a repository goes the digest, which someone else may pull again at once: it is theirs then. */
    private void dropGone(DockerEngine docker, String id) {
        record.images().stream()
                .filter(other -> other.id().equals(id) && !UnusedImages.isStill(other, named(docker, other)))
                .forEach(record::drop);
    }

    /** Where it has lost its name, some daemons find it by its ID only. */
    private static LocalImages named(DockerEngine docker, PulledImage image) {
        var found = docker.image(image.reference())
                .or(() -> docker.image(image.id()).filter(LocalImages::hasNoName));
        return new LocalImages(found.stream().toList());
    }
}
