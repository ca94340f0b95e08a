package dev.longshore.operator;

import dev.longshore.api.DockerHost;
import dev.longshore.api.EventSink;
import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.docker.connection.HostState;
import dev.longshore.host.OwedLogs;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.archiving.ArchiveAccess;
import dev.longshore.job.engine.EndedContainers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log archive of this operator, if it has one. A store that is not available does not keep it from starting. */
final class OperatorArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorArchive.class);

    /** For which an upload that fails is tried again. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Optional<LogArchive> archive;

    OperatorArchive(Optional<ArchiveOptions> options) {
        archive = options.map(LogArchives::open);
    }

    /** Null without an archive. */
    ArchiveAccess access() {
        return archive.map(opened -> ArchiveAccess.withThreads(opened, PATIENCE))
                .orElse(null);
    }

    /** Logs that delay the deletion of a host. What it has is not known before it has answered. */
    OwedLogs owedLogs(Supplier<EndedContainers> ended, Hosts hosts, Duration longest, EventSink events) {
        return new OwedLogs(
                host -> ended.get().owes(HostKey.of(host)) || archive.isPresent() && isConnecting(hosts, host),
                longest,
                host -> ended.get().left(HostKey.of(host)),
                events);
    }

    private static boolean isConnecting(Hosts hosts, DockerHost host) {
        return hosts.get(HostKey.of(host))
                .filter(access -> access.state() instanceof HostState.Connecting)
                .isPresent();
    }

    /**
     * Reports once what is wrong with the store, before the first log is uploaded; by a thread of its own, which ends with that.
     *
     * @param namespace a name to list, of which nothing needs to be there
     */
    void check(String namespace) {
        archive.ifPresent(opened -> {
            var thread = new Thread(() -> check(opened, namespace), "log-archive-check");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void check(LogArchive archive, String namespace) {
        try {
            archive.list(namespace, "none");
        } catch (ArchiveException e) {
            LOG.warn("{}; logs are uploaded once it works", e.getMessage());
            LOG.debug("checking the log archive", e);
        }
    }

    @Override
    public void close() {
        archive.ifPresent(LogArchive::close);
    }
}
