package dev.longshore.local;

import dev.longshore.api.DockerHost;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostConnections;
import dev.longshore.docker.connection.HostState;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.UnixSockets;
import dev.longshore.job.HostKey;
import dev.longshore.job.Moment;
import dev.longshore.manifest.Manifests;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The hosts of a run, and the connections to them. */
final class RunHosts implements AutoCloseable {
    private final List<HostKey> keys;
    private final List<Map.Entry<DockerHost, Endpoint>> targets;
    private final HostConnections connections;
    private final HostPatience patience;
    private final Consumer<String> warn;
    /** Those of which it is known whether they can be reached at the start. */
    private final Set<HostKey> tried = new HashSet<>();

    /**
     * @param warn is told, among others, which hosts cannot be reached at the start
     * @throws IllegalArgumentException if a host cannot be connected to as it is written
     */
    RunHosts(
            List<DockerHost> hosts,
            Manifests manifests,
            HostConnections connections,
            HostPatience patience,
            Consumer<String> warn) {
        this.keys = hosts.stream().map(HostKey::of).toList();
        var endpoints = new HostEndpoints(UnixSockets.ALL, manifests::secret);
        this.targets =
                hosts.stream().map(host -> Map.entry(host, endpoints.of(host))).toList();
        this.connections = connections;
        this.patience = patience;
        this.warn = warn;
    }

    List<HostKey> keys() {
        return keys;
    }

    void connect() {
        targets.forEach(target -> {
            var host = target.getKey();
            connections.connect(
                    HostKey.of(host).toString(),
                    target.getValue(),
                    host.getSpec().maxConcurrentJobs());
        });
    }

    Optional<HostAccess> get(HostKey host) {
        return connections.get(host.toString());
    }

    boolean isReady(HostKey host) {
        return get(host).filter(access -> access.state().isReady()).isPresent();
    }

    /** Checks their states, on the thread of the run; returns whether one was unreachable and is ready again. */
    boolean check() {
        var isBack = false;
        for (var host : keys) {
            var state = get(host).orElseThrow().state();
            isBack |= patience.saw(host, state, Moment.now().uptime());
            warnAtFirst(host, state);
        }
        return isBack;
    }

    void warn(String message) {
        warn.accept(message);
    }

    private void warnAtFirst(HostKey host, HostState state) {
        if (state instanceof HostState.Down down && tried.add(host)) {
            warn.accept("jobs wait: " + LocalHosts.unreachable(host, down.message()));
        } else if (state.isReady()) {
            tried.add(host);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
