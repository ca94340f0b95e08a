package dev.longshore.docker.connection;

import static java.util.Objects.requireNonNull;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.deadline.WaitingThreads;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one daemon: kept up, its containers listed after each (re)connect, its events followed from then on,
 * its calls run, so many at once.
 *
 * <p>Threads: one manager thread connects, subscribes, lists and delivers events; calls run on {@link CallThreads}, which all
 * hosts share, as {@link HostWorkers} allows; pulls run on threads of {@link ImagePulls}. What they share is in {@link CurrentEngine}. Whoever finds a daemon unusable closes its
 * engine; the manager thread, whose event stream ends by that, connects again.
 */
final class HostConnection implements HostAccess, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostConnection.class);
    /** A host that is new has a condition by then, whatever keeps it from its first answers. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(8);
    /** A connection that lasted this long starts the next backoff from its shortest wait. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    private final String name;
    private final EngineFactory factory;
    private final DockerCalls calls;
    private final HostWorkers workers;
    private final CallsAtOnce atOnce = new CallsAtOnce();
    private final CurrentEngine current;
    private final HostHealth health;
    private final HostSubscriptions subscriptions;
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
    HostConnection(
            String name,
            Endpoint endpoint,
            EngineFactory factory,
            Map<String, String> labels,
            HostListener listener,
            DockerCalls calls,
            CallThreads threads) {
        this(name, endpoint, factory, labels, listener, calls, threads, CallKind::deadline);
    }

    /** @param deadlines how long a call of each kind may take */
    HostConnection(
            String name,
            Endpoint endpoint,
            EngineFactory factory,
            Map<String, String> labels,
            HostListener listener,
            DockerCalls calls,
            CallThreads threads,
            Function<CallKind, Duration> deadlines) {
        this.name = requireNonNull(name, "name is null");
        this.current = new CurrentEngine(requireNonNull(endpoint, "endpoint is null"));
        this.factory = requireNonNull(factory, "factory is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.health = new HostHealth(current, requireNonNull(listener, "listener is null"));
        this.subscriptions = new HostSubscriptions(name, Map.copyOf(labels), current, health, listener);
        this.workers = new HostWorkers(
                name,
                requireNonNull(threads, "threads is null"),
                atOnce::get,
                requireNonNull(deadlines, "deadlines is null"));
        this.pulls = new ImagePulls(name, this::pull);
        WaitingThreads.thread(this::keepUp, "docker-events-" + name).start();
    }

    @Override
    public HostState state() {
        return current.state();
    }

    @Override
    public Optional<Duration> unreached() {
        return current.unreached();
    }

    @Override
    public long subscription() {
        return current.subscription();
    }

    /**
     * Takes up another endpoint, such as one with renewed certificates, by connecting anew.
     *
     * @param slots how many jobs run there at once at most
     */
    void use(Endpoint changed, int slots) {
        atOnce.slots(slots);
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

    /** No deadline: whoever asked cancels it, or the engine does if it makes no progress. */
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
                subscriptions.follow(connect(target));
                current.drop();
            } catch (DockerUnavailableException e) {
                health.failed(target, HostState.Down.of(e));
            } catch (DockerRefusedException e) {
                health.failed(target, "failed to list containers: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.warn("{}: unexpected failure", name, e);
                health.failed(target, "unexpected failure: " + e);
            }
            if (System.nanoTime() - began > STABLE.toNanos()) {
                backoff.reset();
            }
        }
    }

    private DockerEngine connected(Endpoint target) {
        return new MeasuredEngine(factory.connect(target), name, (host, call, outcome, took) -> {
            if (outcome != DockerCalls.Outcome.UNAVAILABLE) {
                atOnce.answered(took);
            }
            calls.ended(host, call, outcome, took);
        });
    }

    private DockerEngine connect(Endpoint target) {
        var connected = connected(target);
        atOnce.reconnected();
        if (!current.take(target, connected)) {
            connected.close();
        }
        return connected;
    }
}
