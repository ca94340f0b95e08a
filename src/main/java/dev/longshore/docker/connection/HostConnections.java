package dev.longshore.docker.connection;

import static java.util.Objects.requireNonNull;

import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The connections to all daemons, by the key of their host. Safe for use by several threads. */
public final class HostConnections implements AutoCloseable {
    private final Map<String, HostConnection> connections = new ConcurrentHashMap<>();
    private final EngineFactory factory;
    private final Function<String, Map<String, String>> labels;
    private final Function<String, HostListener> listeners;
    private final DockerCalls calls;
    private final CallThreads threads = new CallThreads();

    /**
     * @param labels of all containers of this instance on a host, by its key
     * @param listeners creates the listener of each host, by its key
     */
    public HostConnections(
            EngineFactory factory,
            Function<String, Map<String, String>> labels,
            Function<String, HostListener> listeners,
            DockerCalls calls) {
        this.factory = requireNonNull(factory, "factory is null");
        this.labels = requireNonNull(labels, "labels is null");
        this.listeners = requireNonNull(listeners, "listeners is null");
        this.calls = requireNonNull(calls, "calls is null");
    }

    public Optional<HostAccess> get(String host) {
        return Optional.ofNullable(connections.get(host));
    }

    /**
     * Begins to connect to a host, or moves its connection to another endpoint. Returns at once.
     *
     * @param slots how many jobs run there at once at most: the farther away it is, the more calls that takes
     */
    public void connect(String host, Endpoint endpoint, int slots) {
        connections
                .computeIfAbsent(
                        host,
                        key -> new HostConnection(
                                key, endpoint, factory, labels.apply(key), listeners.apply(key), calls, threads))
                .use(endpoint, slots);
    }

    /** Closes the connection to a host. Calls in progress fail. */
    public void disconnect(String host) {
        var connection = connections.remove(host);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void close() {
        connections.keySet().forEach(this::disconnect);
    }
}
