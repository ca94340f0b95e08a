package dev.longshore.docker.connection;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to a daemon's events, one time after the other, and lists its containers each time. Used by the manager thread
 * of the connection alone.
 *
 * @param labels that the containers have whose events are wanted
 */
record HostSubscriptions(
        String name, Map<String, String> labels, CurrentEngine current, HostHealth health, HostListener listener) {
    private static final Logger LOG = LoggerFactory.getLogger(HostSubscriptions.class);
    /** After so long without an event the subscription is renewed: a connection may be cut silently. */
    private static final Duration QUIET = Duration.ofSeconds(30);
    /** Only a broken daemon ends an event stream so soon. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    /** Of all connections, so that a later connection to the same host does not repeat a number. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    /**
     * Follows the events for as long as the daemon answers, and is of the version with which the API's was agreed on. One that has
     * listed its containers may fail to do so once.
     */
    void follow(DockerEngine engine) {
        var version = new AtomicReference<String>();
        try {
            follow(engine, version);
        } catch (DockerUnavailableException e) {
            if (version.get() == null || e.why() != DockerUnavailableException.Cause.UNSUPPORTED_API) {
                throw e;
            }
            LOG.info("{}: {}", name, e.getMessage());
            health.renew(engine);
        }
    }

    /** @param version of the daemon, once it is known */
    private void follow(DockerEngine engine, AtomicReference<String> version) {
        var last = new AtomicReference<Instant>();
        var mayFailOnce = false;
        while (current.is(engine)) {
            var began = System.nanoTime();
            var listed = new AtomicBoolean();
            // What happens between the end of one and the next may be replayed or lost: it is another one either way.
            var subscription = NUMBERS.incrementAndGet();
            try {
                engine.events(
                        last.get(),
                        labels,
                        QUIET,
                        () -> {
                            current.subscribed(engine, subscription);
                            list(engine, version);
                            listed.set(true);
                        },
                        event -> {
                            last.set(event.time());
                            listener.containerChanged(event, subscription);
                        });
            } catch (DockerUnavailableException e) {
                if (!listed.get() && !mayFailOnce || e.why() == DockerUnavailableException.Cause.UNSUPPORTED_API) {
                    throw e;
                }
                LOG.debug("{}: event stream failed: {}", name, e.getMessage());
            } finally {
                current.subscribed(engine, 0);
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

    /** Called once the daemon has accepted the subscription, so that nothing happens unobserved between the two. */
    private void list(DockerEngine engine, AtomicReference<String> version) {
        List<ContainerSnapshot> containers;
        EngineInfo info;
        try (var watch = Watchdog.watch(
                CallKind.OBSERVE.deadline(), () -> health.disconnect(engine, "no response to container list"))) {
            containers = CallDeadline.within(CallKind.OBSERVE.deadline(), () -> engine.list(labels));
            info = CallDeadline.within(CallKind.OBSERVE.deadline(), engine::info);
        }
        listener.listed(containers);
        if (!version.compareAndSet(null, info.version()) && !version.get().equals(info.version())) {
            // Restarted between two subscriptions: it may speak other API versions, or no longer this one.
            LOG.info("{}: Docker {} is now {}, connecting again", name, version.get(), info.version());
            health.renew(engine);
            return;
        }
        if (current.becomeReady(engine, info)) {
            listener.stateChanged();
        }
    }
}
