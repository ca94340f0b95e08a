package dev.longshore.image;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.HostImages;
import dev.longshore.api.PulledImage;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Keeps the images of all hosts as their resources say. From any thread; every method returns at once. */
public final class ImageKeeper {
    private static final HostImages NONE = new HostImages(null, null);

    private final Map<String, Images> hosts = new ConcurrentHashMap<>();
    private final Function<String, Collection<String>> jobs;
    private final Consumer<String> changed;
    private final Supplier<Duration> uptime;

    /**
     * @param jobs references of the images that the unfinished jobs of a host run, wait for, or need for another attempt, by its key
     * @param changed has a host reconciled; returns at once
     * @param uptime of this process, whatever happens to the clock of the wall
     */
    public ImageKeeper(Function<String, Collection<String>> jobs, Consumer<String> changed, Supplier<Duration> uptime) {
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.changed = requireNonNull(changed, "changed is null");
        this.uptime = requireNonNull(uptime, "uptime is null");
    }

    /**
     * What came of it so far.
     *
     * @param images for the host's status
     * @param problems to be reported of the host
     * @param requeueAfter when to reconcile again at the latest, if nothing happens
     */
    public record Report(List<PulledImage> images, List<String> problems, Optional<Duration> requeueAfter) {}

    /** What is known of one host. */
    private final class Images {
        private final String host;
        private final PullRecord record = new PullRecord();
        private final Prefetch prefetch;
        private final Removal removal;
        private volatile HostImages spec = NONE;
        /** Used only by the thread that reconciles the host. Null until it was ready once. */
        private EngineInfo engine;

        Images(String host) {
            this.host = host;
            Runnable enqueue = () -> changed.accept(host);
            prefetch = new Prefetch(host, enqueue, uptime);
            removal = new Removal(host, record, this::wanted, enqueue, uptime);
        }

        private Collection<String> wanted() {
            var wanted = new ArrayList<>(jobs.apply(host));
            wanted.addAll(spec.prefetch());
            return wanted;
        }

        HostAccess recording(HostAccess access) {
            return new RecordingHost(access, record, id -> {
                removal.used(id);
                changed.accept(host);
            });
        }

        /**
         * Whether these are, or may be, the images of another daemon: an endpoint may be edited, and what is behind it replaced. Where a
         * daemon's ID is not unique, it is the same one only for as long as it is in sight.
         */
        boolean mayBeOfAnother(Optional<EngineInfo> daemon) {
            return engine == null
                    ? daemon.filter(now -> !now.kind().hasUniqueId()).isPresent()
                    : daemon.isEmpty()
                            ? !engine.kind().hasUniqueId()
                            : !id(daemon.get()).equals(id(engine));
        }

        /** What another daemon has of the same name may be someone else's. */
        private List<PulledImage> stored(DockerHostStatus status, Optional<EngineInfo> daemon) {
            if (daemon.filter(now -> !now.kind().hasUniqueId()).isPresent()) {
                return record.images();
            }
            return status == null
                            || status.engine() != null
                                    && daemon.filter(now -> !id(now).equals(
                                                            status.engine().id()))
                                            .isPresent()
                    ? List.of()
                    : status.images();
        }

        Report reconcile(DockerHost resource, Optional<EngineInfo> daemon, Optional<HostAccess> access) {
            engine = daemon.orElse(engine);
            spec = resource.getSpec().images() == null
                    ? NONE
                    : resource.getSpec().images();
            var images = record.over(stored(resource.getStatus(), daemon));
            var after = Optional.ofNullable(spec.removeUnusedAfterSeconds()).map(Duration::ofSeconds);
            var next = Stream.concat(
                    prefetch.reconcile(spec.prefetch(), access.map(this::recording)).stream(),
                    access.flatMap(host -> removal.reconcile(after, host)).stream());
            return new Report(images, prefetch.takeProblems(), next.min(Duration::compareTo));
        }
    }

    /**
     * Begins what is due on a host.
     *
     * @param host by the key of its connection
     * @param access nothing while the host cannot be used
     */
    public Report reconcile(String host, DockerHost resource, Optional<HostAccess> access) {
        var daemon = access.flatMap(ImageKeeper::daemon);
        var known = hosts.get(host);
        if (known != null && known.mayBeOfAnother(daemon)) {
            forget(host);
        }
        return hosts.computeIfAbsent(host, Images::new)
                .reconcile(resource, daemon, access.filter(ready -> daemon.isPresent()));
    }

    /** Of a host that is ready. */
    private static Optional<EngineInfo> daemon(HostAccess access) {
        return access.state() instanceof HostState.Ready ready ? Optional.of(ready.engine()) : Optional.empty();
    }

    private static String id(EngineInfo daemon) {
        return requireNonNullElse(daemon.id(), "");
    }

    /** A host whose pulls are recorded. */
    public HostAccess recording(String host, HostAccess access) {
        var images = hosts.get(host);
        return images == null ? access : images.recording(access);
    }

    /** A job on a host has, or had until now, a container of the image of this ID. */
    public void used(String host, String imageId) {
        var images = hosts.get(host);
        if (images != null) {
            images.removal.used(imageId);
        }
    }

    /** A host is gone. Its images stay. */
    public void forget(String host) {
        var images = hosts.remove(host);
        if (images != null) {
            images.prefetch.reconcile(List.of(), Optional.empty());
        }
    }
}
