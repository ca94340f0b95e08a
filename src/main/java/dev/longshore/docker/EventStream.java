package dev.longshore.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One subscription to a daemon's events. docker-java calls it from a thread of the stream's own; the subscriber's thread
 * only waits for the end, or for silence.
 */
final class EventStream extends ResultCallback.Adapter<Event> {
    /** For a handler that is still at work when the stream is ended. */
    private static final Duration LAST_EVENT = Duration.ofSeconds(5);

    private final Runnable onOpen;
    private final Consumer<ContainerEvent> onEvent;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long lastHeard = System.nanoTime();
    private volatile Throwable failure;
    private volatile boolean quiet;

    private EventStream(Runnable onOpen, Consumer<ContainerEvent> onEvent) {
        this.onOpen = onOpen;
        this.onEvent = onEvent;
    }

    static void follow(
            DockerClient docker,
            Instant since,
            Map<String, String> labels,
            Duration quiet,
            Runnable onOpen,
            Consumer<ContainerEvent> onEvent) {
        var command = docker.eventsCmd().withEventTypeFilter("container").withLabelFilter(labels);
        if (since != null) {
            command.withSince("%d.%09d".formatted(since.getEpochSecond(), since.getNano()));
        }
        command.exec(new EventStream(onOpen, onEvent)).await(quiet);
    }

    private void await(Duration longestSilence) {
        try {
            while (!ended.await(silenceLeft(longestSilence), TimeUnit.NANOSECONDS)) {
                if (silenceLeft(longestSilence) <= 0) {
                    quiet = true;
                    close();
                    var unused = ended.await(LAST_EVENT.toMillis(), TimeUnit.MILLISECONDS);
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException("event stream abandoned", e);
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    private long silenceLeft(Duration longestSilence) {
        return lastHeard + longestSilence.toNanos() - System.nanoTime();
    }

    /** The daemon has accepted the subscription: its headers are here. */
    @Override
    public void onStart(Closeable stream) {
        super.onStart(stream);
        onOpen.run();
        lastHeard = System.nanoTime();
    }

    @Override
    public void onNext(Event event) {
        lastHeard = System.nanoTime();
        var actor = event.getActor();
        if (actor == null || actor.getAttributes() == null || event.getTimeNano() == null) {
            return;
        }
        onEvent.accept(new ContainerEvent(
                actor.getId(),
                event.getAction(),
                Instant.ofEpochSecond(0, event.getTimeNano()),
                actor.getAttributes()));
    }

    /** Not passed on: docker-java would log it, also where it is the end that was asked for. */
    @Override
    public void onError(Throwable thrown) {
        if (!quiet && failure == null) {
            failure = thrown;
        }
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
        super.onComplete();
    }
}
