package dev.longshore.operator;

import dev.longshore.api.DockerHost;
import dev.longshore.job.HostKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Several hosts may be of one daemon, whose images they share. */
final class SameDaemon {
    private SameDaemon() {}

    /** The host, and the others that report the same daemon. */
    static Stream<HostKey> of(HostKey host, List<DockerHost> all) {
        var daemon = all.stream()
                .filter(one -> HostKey.of(one).equals(host))
                .flatMap(one -> id(one).stream())
                .findFirst();
        var others = all.stream()
                .filter(one -> daemon.isPresent() && id(one).equals(daemon))
                .map(HostKey::of);
        return Stream.concat(Stream.of(host), others).distinct();
    }

    private static Optional<String> id(DockerHost host) {
        return Optional.ofNullable(host.getStatus())
                .flatMap(status -> Optional.ofNullable(status.engine()))
                .flatMap(engine -> Optional.ofNullable(engine.id()))
                .filter(id -> !id.isEmpty());
    }
}
