package dev.longshore.docker.transport;

import dev.longshore.docker.deadline.Watchdog;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Ends one request when its time is over, from connecting to the last byte, by closing its connection: a limit for each
 * read alone would never end one whose bytes trickle in, and on a unix socket there is none.
 */
final class RequestDeadline implements AutoCloseable {
    private final Duration time;
    private final Watchdog.Watch watch;
    private volatile boolean isOver;

    /**
     * @param time null: none
     * @param abort closes the request's connection
     */
    RequestDeadline(Duration time, Runnable abort) {
        this.time = time;
        this.watch = time == null
                ? () -> {}
                : Watchdog.watch(time, () -> {
                    isOver = true;
                    abort.run();
                });
    }

    /**
     * What a failure means: where the connection was closed under it by this, the client may say whatever came to an end
     * with it.
     */
    <E extends Exception> E explain(E failure) throws SocketTimeoutException {
        if (!isOver) {
            return failure;
        }
        var late = new SocketTimeoutException("no response within " + time.toMillis() + "ms");
        late.addSuppressed(failure);
        throw late;
    }

    /** The same bytes, whose end by this is reported as such. */
    InputStream over(InputStream body) {
        return new FilterInputStream(body) {
            @Override
            public int read() throws IOException {
                try {
                    return super.read();
                } catch (IOException e) {
                    throw explain(e);
                } catch (RuntimeException e) {
                    throw explain(e);
                }
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                try {
                    return super.read(bytes, from, length);
                } catch (IOException e) {
                    throw explain(e);
                } catch (RuntimeException e) {
                    throw explain(e);
                }
            }
        };
    }

    /** The request was answered. */
    @Override
    public void close() {
        watch.close();
    }
}
