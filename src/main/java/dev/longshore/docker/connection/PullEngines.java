package dev.longshore.docker.connection;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The engines of the pulls in progress. Each pull has one of its own: a host that is disconnected because one of its calls is
 * late closes its engine under all the others, and a pull that starts again from nothing each time would never end. Safe
 * for use by several threads.
 */
final class PullEngines implements AutoCloseable {
    private final Set<DockerEngine> open = new HashSet<>();
    private boolean closed;

    /** One pull's engine: closed from elsewhere, the pull ends as one whose daemon is unavailable. */
    final class Own implements AutoCloseable {
        private DockerEngine engine;
        private boolean ended;

        /**
         * Connects and pulls.
         *
         * @param wanted whether the engine is still one to the right daemon, asked once it would be closed if it is not
         */
        String use(Supplier<DockerEngine> connect, Supplier<Boolean> wanted, Function<DockerEngine, String> pull) {
            try {
                if (!take(connect.get()) || !wanted.get()) {
                    throw new DockerUnavailableException(
                            DockerUnavailableException.Cause.UNREACHABLE, "pull canceled", null);
                }
                return pull.apply(engine);
            } finally {
                close();
            }
        }

        private boolean take(DockerEngine connected) {
            synchronized (PullEngines.this) {
                engine = connected;
                return !closed && !ended && open.add(connected);
            }
        }

        @Override
        public void close() {
            synchronized (PullEngines.this) {
                ended = true;
                if (engine != null) {
                    open.remove(engine);
                    engine.close();
                }
            }
        }
    }

    Own make() {
        return new Own();
    }

    /** Ends all pulls in progress. */
    synchronized void closeAll() {
        open.forEach(DockerEngine::close);
        open.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeAll();
    }
}
