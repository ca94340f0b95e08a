package dev.longshore.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Counts the starts of containers by a daemon's own events, across its restarts: what it still remembers is read again
 * after each, and an event that was seen is counted once.
 */
public final class StartCounter implements AutoCloseable {
    private static final long RECONNECT_NANOS = 200_000_000;

    private final DockerClient docker;
    private final Map<String, String> starts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public StartCounter(DockerClient docker) {
        this.docker = docker;
        var thread = new Thread(this::follow, "start-counter");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        while (!closed) {
            try (var events = docker.eventsCmd()
                    .withSince("1")
                    .withEventFilter("start")
                    .exec(new ResultCallback.Adapter<Event>() {
                        @Override
                        public void onNext(Event event) {
                            starts.put(
                                    event.getTimeNano() + event.getId(),
                                    event.getActor().getAttributes().get("name"));
                        }

                        @Override
                        public void onError(Throwable thrown) {
                            // The daemon was restarted.
                            onComplete();
                        }
                    })) {
                events.awaitCompletion();
            } catch (Exception e) {
                // It is not there yet.
                LockSupport.parkNanos(RECONNECT_NANOS);
            }
        }
    }

    /** How often each container was started, by name. */
    public Map<String, Long> starts() {
        return starts.values().stream()
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** Containers that were started. */
    public Set<String> started() {
        return Set.copyOf(starts.values());
    }

    @Override
    public void close() {
        closed = true;
    }
}
