package dev.longshore.doctor;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Checks a daemon by the requests that the operator makes there, and changes nothing on it. One thread. */
public final class Checkup {
    private static final int PINGS = 5;
    private static final Duration ANSWER = Duration.ofSeconds(15);
    /** A registry may be slow; the daemon asks it. */
    private static final Duration REGISTRY = Duration.ofSeconds(30);
    /** An accepted event stream is silent: nobody has this label. */
    private static final Duration QUIET = Duration.ofMillis(100);

    private static final String NOBODY = "longshore.dev/doctor";

    private final EngineFactory factory;
    private final Clock clock;

    public Checkup(EngineFactory factory, Clock clock) {
        this.factory = factory;
        this.clock = clock;
    }

    /**
     * Returns what was found, as far as the daemon could be asked.
     *
     * @param image to look for in its registry
     */
    public List<Finding> of(Endpoint endpoint, Optional<String> image) {
        var findings = new ArrayList<Finding>();
        try (var docker = factory.connect(endpoint)) {
            var info = within(ANSWER, docker::info);
            var before = clock.instant();
            var details = within(ANSWER, docker::details);
            var after = clock.instant();
            findings.addAll(EngineChecks.of(info, details));
            findings.addAll(IsolationChecks.of(info, details));
            findings.addAll(ConnectionChecks.encryption(endpoint));
            findings.addAll(ConnectionChecks.certificates(details, after));
            findings.add(ConnectionChecks.clock(details.time(), before, after));
            findings.add(ConnectionChecks.roundTrip(roundTrip(docker)));
            findings.add(changes(docker));
            image.ifPresent(reference -> findings.add(registry(docker, info, reference)));
            // The last: a stream that is never silent ends with the connection.
            findings.add(events(docker));
        } catch (DockerException e) {
            findings.add(Finding.error("connection", e.getMessage(), ""));
        }
        return findings;
    }

    private static <T> T within(Duration time, Supplier<T> call) {
        return CallDeadline.within(time, call);
    }

    private static Duration roundTrip(DockerEngine docker) {
        return IntStream.range(0, PINGS)
                .mapToObj(n -> {
                    var began = System.nanoTime();
                    within(ANSWER, () -> {
                        docker.ping();
                        return null;
                    });
                    return Duration.ofNanos(System.nanoTime() - began);
                })
                .sorted()
                .toList()
                .get(PINGS / 2);
    }

    private static Finding events(DockerEngine docker) {
        var opened = new AtomicBoolean();
        try (var watch = Watchdog.watch(ANSWER, docker::close)) {
            docker.events(null, Map.of(NOBODY, ""), QUIET, () -> opened.set(true), event -> {});
        } catch (DockerException e) {
            if (!opened.get()) {
                return Finding.error(
                        "events", e.getMessage(), "allow GET /events in whatever is in front of the daemon");
            }
        }
        return opened.get()
                ? Finding.ok("events", "the event stream opens")
                : Finding.error("events", "the event stream does not open", "check any proxy in front of the daemon");
    }

    /** By requests for a container that does not exist, which is what a daemon that takes them answers. */
    private static Finding changes(DockerEngine docker) {
        var nobody = "longshore-doctor-" + UUID.randomUUID();
        try {
            within(ANSWER, () -> docker.list(Map.of(NOBODY, "")));
            within(ANSWER, () -> docker.removeEnded(nobody));
            within(ANSWER, () -> {
                docker.start(nobody);
                return null;
            });
        } catch (DockerRefusedException e) {
            return e.isNotFound()
                    ? Finding.ok("containers", "can be listed, started and removed")
                    : Finding.error(
                            "containers",
                            e.getMessage(),
                            "allow GET, POST and DELETE on /containers in whatever is in front of the daemon, such as a proxy or"
                                    + " an authorization plugin");
        }
        return Finding.error("containers", "a container that does not exist was started", "check spec.endpoint");
    }

    private static Finding registry(DockerEngine docker, EngineInfo info, String reference) {
        if (info.kind() == EngineInfo.Kind.PODMAN) {
            return Finding.note("image", reference + ": not checked, Podman asks a registry in a pull only");
        }
        try {
            within(REGISTRY, () -> {
                docker.findInRegistry(reference);
                return null;
            });
            return Finding.ok("image", reference + " is in its registry");
        } catch (DockerException e) {
            return Finding.warning(
                    "image",
                    reference + ": " + e.getMessage(),
                    "check the reference, and the daemon's DNS, proxy and firewall; a private image needs imagePullSecrets, and is"
                            + " not found by this check");
        }
    }
}
