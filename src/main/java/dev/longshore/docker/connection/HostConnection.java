package dev.longshore.docker.connection;

import static java.util.Objects.requireNonNull;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one daemon: kept up, its containers listed after each (re)connect, its events followed from then on,
 * its calls run on a few threads of its own.
 *
 * <p>Threads: one manager thread connects, subscribes, lists and delivers events; calls run on {@link HostWorkers}, pulls
 * on threads of {@link ImagePulls}. What they share is in {@link CurrentEngine}. Whoever finds a daemon unusable closes its engine; the manager thread, whose
 * event stream ends by that, connects again.
 */
public final class HostConnection implements HostAccess, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostConnection.class);
    /** A host that is new has a condition by then, whatever keeps it from its first answers. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(8);

    /** After so long without an event the subscription is made anew: a connection may be cut silently. */
    private static final Duration QUIET = Duration.ofSeconds(30);
    /** No event stream ends so soon but that of a daemon that is not well. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    /** A connection that lasted this long starts the next backoff from its shortest wait. */
    private static final Duration STABLE = Duration.ofSeconds(10);
    /** Of all connections, so that one that is made for a host again does not repeat a number. */
    private static final AtomicLong SUBSCRIPTIONS = new AtomicLong();

    private final String name;
    private final EngineFactory factory;
    private final Map<String, String> labels;
    private final HostListener listener;
    private final DockerCalls calls;
    private final HostWorkers workers;
    private final CurrentEngine current;
    private final HostHealth health;
    private final ImagePulls pulls;
    private final PullEngines pullEngines = new PullEngines();
    /** Used by the manager thread alone. */
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random());

    /**
     * Starts to connect.
     *
     * @param name for threads and log lines
     * @param labels that the containers have whose events are wanted
     */
    public HostConnection(
            String name,
            Endpoint endpoint,
            EngineFactory factory,
            Map<String, String> labels,
            HostListener listener,
            DockerCalls calls) {
        this(name, endpoint, factory, labels, listener, calls, CallKind::deadline);
    }

    /** @param deadlines how long a call of each kind may take */
    public HostConnection(
            String name,
            Endpoint endpoint,
            EngineFactory factory,
            Map<String, String> labels,
            HostListener listener,
            DockerCalls calls,
            Function<CallKind, Duration> deadlines) {
        this.name = requireNonNull(name, "name is null");
        this.current = new CurrentEngine(requireNonNull(endpoint, "endpoint is null"));
        this.factory = requireNonNull(factory, "factory is null");
        this.labels = Map.copyOf(labels);
        this.listener = requireNonNull(listener, "listener is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.health = new HostHealth(current, listener);
        this.workers = new HostWorkers(name, requireNonNull(deadlines, "deadlines is null"));
        this.pulls = new ImagePulls(name, this::pull);
        Watchdog.daemonThread(this::keepUp, "docker-events-" + name).start();
    }

    @Override
    public HostState state() {
        return current.state();
    }

    @Override
    public Optional<Duration> unreached() {
        return current.unreached();
    }

    /** Takes up another endpoint, such as one with renewed certificates, by connecting anew. */
    public void use(Endpoint changed) {
        var before = current.endpoint();
        current.use(changed);
        if (!before.uri().equals(changed.uri())) {
            // Another daemon; renewed certificates for the same one are no reason.
            pullEngines.closeAll();
        }
    }

    @Override
    public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
        var used = new AtomicReference<DockerEngine>();
        return workers.submit(
                kind,
                () -> {
                    used.set(current.ready());
                    try {
                        return work.apply(used.get());
                    } catch (DockerUnavailableException e) {
                        health.probe(used.get());
                        throw e;
                    }
                },
                () -> health.probeUsed(used.get()));
    }

    @Override
    public CompletableFuture<String> pull(PullRequest request) {
        return pulls.join(request);
    }

    /** No deadline: whoever asks gives it up, or the engine does where it does not go on. */
    private String pull(ImagePull image, CompletableFuture<Void> unwanted) {
        current.ready();
        var target = current.endpoint();
        return pullEngines
                .make()
                .use(
                        () -> connected(target),
                        () -> current.endpoint().uri().equals(target.uri()),
                        engine -> engine.pull(image, unwanted));
    }

    @Override
    public void close() {
        current.close();
        pullEngines.close();
        workers.close();
        pulls.close();
    }

    private void keepUp() {
        while (current.awaitTurn(backoff)) {
            var began = System.nanoTime();
            var target = current.endpoint();
            try (var watch = Watchdog.watch(FIRST_ANSWER, () -> health.reportSilence(target, FIRST_ANSWER))) {
                follow(connect(target));
                current.drop();
            } catch (DockerUnavailableException e) {
                health.failed(target, e.why(), e.getMessage());
            } catch (DockerRefusedException e) {
                health.failed(
                        target,
                        DockerUnavailableException.Cause.UNREACHABLE,
                        "failed to list containers: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.warn("{}: unexpected failure", name, e);
                health.failed(target, DockerUnavailableException.Cause.UNREACHABLE, "unexpected failure: " + e);
            }
            if (System.nanoTime() - began > STABLE.toNanos()) {
                backoff.reset();
            }
        }
    }

    private DockerEngine connected(Endpoint target) {
        return new MeasuredEngine(factory.connect(target), name, calls);
    }

    private DockerEngine connect(Endpoint target) {
        var connected = connected(target);
        if (!current.take(target, connected)) {
            connected.close();
        }
        return connected;
    }

    /** Follows the events for as long as the daemon answers. One that has listed its containers may fail to do so once. */
    private void follow(DockerEngine engine) {
        var last = new AtomicReference<Instant>();
        var mayFailOnce = false;
        while (current.is(engine)) {
            var began = System.nanoTime();
            var listed = new AtomicBoolean();
            // What happens between the end of one and the next may be replayed or lost: it is another one either way.
            var subscription = SUBSCRIPTIONS.incrementAndGet();
            try {
                engine.events(
                        last.get(),
                        labels,
                        QUIET,
                        () -> {
                            list(engine);
                            listed.set(true);
                        },
                        event -> {
                            last.set(event.time());
                            listener.containerChanged(event, subscription);
                        });
            } catch (DockerUnavailableException e) {
                if (!listed.get() && !mayFailOnce) {
                    throw e;
                }
                LOG.debug("{}: event stream failed: {}", name, e.getMessage());
            }
            mayFailOnce = listed.get();
            if (current.is(engine)) {
                health.ping(engine);
                requireLasted(began);
            }
        }
    }

    /** Else a daemon that answers calls but keeps no stream open would be asked again without a pause. */
    private static void requireLasted(long began) {
        if (System.nanoTime() - began < AT_ONCE.toNanos()) {
            throw new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNREACHABLE,
                    "the daemon closes its event stream at once: check its log, and any proxy in front of it",
                    null);
        }
    }

    /** Called once the subscription stands, so that nothing can happen unseen between list and events. */
    private void list(DockerEngine engine) {
        List<ContainerSnapshot> containers;
        EngineInfo info;
        try (var watch = Watchdog.watch(
                CallKind.OBSERVE.deadline(), () -> health.disconnect(engine, "no response to container list"))) {
            containers = CallDeadline.within(CallKind.OBSERVE.deadline(), () -> engine.list(labels));
            info = CallDeadline.within(CallKind.OBSERVE.deadline(), engine::info);
        }
        listener.listed(containers);
        if (current.becomeReady(engine, info)) {
            listener.stateChanged();
        }
    }
}
