package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.EventSink;
import dev.longshore.job.JobLogFields;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores Events by a thread of its own, so that no one waits for them; where there are too many, new ones are dropped. */
final class KubernetesEvents implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final String CONTROLLER = "longshore.dev/operator";
    private static final int MOST_WAITING = 1000;
    /** The API server's limit, in bytes. */
    private static final int LONGEST_NOTE = 1024;

    private static final int LONGEST_NAME = 200;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final AtomicLong lastDropped = new AtomicLong(System.nanoTime() - QUIET.toNanos());
    private final KubernetesClient client;
    private final String instance;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
                var named = new Thread(task, "events");
                named.setDaemon(true);
                return named;
            },
            (task, pool) -> dropped());

    KubernetesEvents(KubernetesClient client, String instance) {
        this.client = client;
        this.instance = instance;
    }

    @Override
    public void record(HasMetadata regarding, Type type, String reason, String message) {
        var event = event(regarding, type, reason, message);
        var log = regarding instanceof ContainerJob job ? JobLogFields.of(job) : new JobLogFields(Map.of());
        thread.execute(() -> {
            try (var scope = log.open()) {
                store(event);
            }
        });
    }

    /** Told once a minute, however many there are. */
    private void dropped() {
        var now = System.nanoTime();
        var last = lastDropped.get();
        if (now - last > QUIET.toNanos() && lastDropped.compareAndSet(last, now)) {
            LOG.warn("dropping Events: {} pending, the API server is too slow", MOST_WAITING);
        }
    }

    private Event event(HasMetadata regarding, Type type, String reason, String message) {
        var metadata = regarding.getMetadata();
        var name = metadata.getName();
        var unique = Long.toHexString(UUID.randomUUID().getMostSignificantBits());
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(beginning(name) + "." + unique)
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(Instant.now())))
                .withType(type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT))
                .withReason(reason)
                .withAction("Reconcile")
                .withNote(note(message))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(regarding.getApiVersion())
                        .withKind(regarding.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(name)
                        .withUid(metadata.getUid())
                        .build())
                .build();
    }

    /** Of a name, and in a name, too: without what may not stand before the next point. */
    private static String beginning(String name) {
        var end = Math.min(name.length(), LONGEST_NAME);
        while (name.charAt(end - 1) == '.' || name.charAt(end - 1) == '-') {
            end--;
        }
        return name.substring(0, end);
    }

    /** As many whole characters as fit. */
    static String note(String message) {
        var bytes = ByteBuffer.allocate(LONGEST_NOTE);
        // Stops where the next character has no room.
        var unused = UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(message), bytes, true);
        return UTF_8.decode(bytes.flip()).toString();
    }

    private void store(Event event) {
        try {
            client.events().v1().events().resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.warn("failed to create Event {}: {}", event.getMetadata().getName(), e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            var unused = thread.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
