package dev.longshore.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads the end of a container's log once. Docker counts lines over both streams, so a stream that the other one drowned
 * out is looked for in a longer piece. The frames come on a thread of docker-java's; the reader waits for the last one.
 */
final class LogReader extends ResultCallback.Adapter<Frame> {
    /** Docker cuts longer lines into entries of this size, and counts those. */
    private static final int ENTRY_BYTES = 16 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int FEW_LINES = 2_000;
    /** What a daemon reads and sends in a second or two; a stream that says nothing in there is reported as cut. */
    private static final int MANY_LINES = 50_000;

    private final int lines;
    private final LogTailBuffer stdout;
    private final LogTailBuffer stderr;
    private final CountDownLatch done = new CountDownLatch(1);
    private long newlines;
    private long bytes;
    private Throwable failure;

    private LogReader(LogRequest request, int lines) {
        this.lines = lines;
        this.stdout = new LogTailBuffer(request.redactor(), request.tailBytes());
        this.stderr = new LogTailBuffer(request.redactor(), request.tailBytes());
    }

    static LogTail read(DockerClient docker, String container, LogRequest request) {
        var few = new LogReader(request, FEW_LINES).read(docker, container);
        return few.isEnough()
                ? few.tail()
                : new LogReader(request, MANY_LINES).read(docker, container).tail();
    }

    private LogReader read(DockerClient docker, String container) {
        docker.logContainerCmd(container)
                .withStdOut(true)
                .withStdErr(true)
                .withTail(lines)
                .exec(this);
        try {
            if (!done.await(CallDeadline.left(LONGEST).toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                throw new SocketTimeoutException("the log did not end in time");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while reading logs", e);
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return this;
    }

    /** Fewer entries than were asked for, so that there can be none before them. */
    private boolean isWhole() {
        return newlines + bytes / ENTRY_BYTES + 2 < lines;
    }

    private boolean isEnough() {
        return isWhole() || stdout.isFull() && stderr.isFull();
    }

    private LogTail tail() {
        var out = stdout.finish(!isWhole());
        var err = stderr.finish(!isWhole());
        return new LogTail(out.text(), err.text(), out.truncated() || err.truncated());
    }

    @Override
    public void onNext(Frame frame) {
        // Not kept: the next frame comes in the same array.
        var payload = frame.getPayload();
        bytes += payload.length;
        for (var each : payload) {
            newlines += each == '\n' ? 1 : 0;
        }
        (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).append(payload);
    }

    /** Not passed on: docker-java would log it, also where it is the end that was asked for. */
    @Override
    public void onError(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
        done.countDown();
    }

    @Override
    public void onComplete() {
        done.countDown();
        super.onComplete();
    }
}
