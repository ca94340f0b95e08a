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
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores Events in the background: no one waits for them, nor does a status. Where there are too many, new ones are dropped.
 */
final class KubernetesEvents implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final String CONTROLLER = "longshore.dev/operator";
    /** Those of different objects are stored at the same time: after some seconds without rest there may be hundreds. */
    private static final int LANES = 8;
    /** 4,000 of the longest. */
    private static final long MOST_BYTES_WAITING = 8 << 20;
    /** What an Event takes beside its note, with the longest names, about. */
    private static final int OTHER_FIELDS = 1000;
    /** The API server's limit, in bytes. */
    private static final int LONGEST_NOTE = 1024;

    private static final int LONGEST_NAME = 200;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration FLUSH = Duration.ofSeconds(5);
    private static final int MOST_NAMED = 10;

    private final AtomicLong lastDropped = new AtomicLong(System.nanoTime() - QUIET.toNanos());
    /** By which names are in the order of time, as kubectl's own are, and none is there twice. */
    private final AtomicLong lastName = new AtomicLong();

    private final AtomicLong bytesWaiting = new AtomicLong();
    private final KubernetesClient client;
    private final String instance;
    private final List<EventLane> lanes;

    /** @param busy whether a status may be about to be written */
    KubernetesEvents(KubernetesClient client, String instance, BooleanSupplier busy) {
        this.client = client;
        this.instance = instance;
        var threads = new ThreadPoolExecutor(LANES, LANES, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var named = new Thread(task, "events");
            named.setDaemon(true);
            return named;
        });
        threads.allowCoreThreadTimeOut(true);
        var hold = new EventHold(busy, System::nanoTime);
        lanes = Stream.generate(() -> new EventLane(hold, threads, this::store))
                .limit(LANES)
                .toList();
    }

    @Override
    public void record(HasMetadata regarding, Type type, String reason, String message) {
        var event = event(regarding, type, reason, message);
        var log = regarding instanceof ContainerJob job ? JobLogFields.ofEvents(job) : new JobLogFields(Map.of());
        var bytes = event.getNote().length() + OTHER_FIELDS;
        if (bytesWaiting.addAndGet(bytes) > MOST_BYTES_WAITING) {
            bytesWaiting.addAndGet(-bytes);
            dropped();
            return;
        }
        var lane = lanes.get(Math.floorMod(event.getRegarding().getUid().hashCode(), LANES));
        var held = new EventLane.Held(event, log, bytes, System.nanoTime());
        if (!lane.add(held)) {
            lost(List.of(held));
        }
    }

    /** Told once a minute, however many there are. */
    private void dropped() {
        var now = System.nanoTime();
        var last = lastDropped.get();
        if (now - last > QUIET.toNanos() && lastDropped.compareAndSet(last, now)) {
            LOG.warn("dropping Events: {} MiB pending, the API server is too slow", MOST_BYTES_WAITING >> 20);
        }
    }

    private Event event(HasMetadata regarding, Type type, String reason, String message) {
        var metadata = regarding.getMetadata();
        var name = metadata.getName();
        var unique = Long.toHexString(lastName.updateAndGet(last -> Math.max(last + 1, nanos(Instant.now()))));
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

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
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

    private void store(EventLane.Held held) {
        try (var scope = held.log().open()) {
            client.events().v1().events().resource(held.event()).create();
        } catch (KubernetesClientException e) {
            // Where it is there already, the answer to an earlier try was lost.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.warn(
                        "failed to create Event {}: {}",
                        held.event().getMetadata().getName(),
                        e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.warn("failed to create Event {}", held.event().getMetadata().getName(), e);
        } finally {
            bytesWaiting.addAndGet(-held.bytes());
        }
    }

    @Override
    public void close() {
        close(System.nanoTime() + FLUSH.toNanos());
    }

    /**
     * Stores what is held, and logs what cannot be stored in time.
     *
     * @param until uptime, as of {@link System#nanoTime}
     */
    void close(long until) {
        lanes.forEach(EventLane::flush);
        lost(lanes.stream().flatMap(lane -> lane.close(until).stream()).toList());
    }

    private static void lost(List<EventLane.Held> lost) {
        if (!lost.isEmpty()) {
            LOG.warn(
                    "lost Events at shutdown, the API server is too slow: {} in all, the first ones {}",
                    lost.size(),
                    lost.stream()
                            .limit(MOST_NAMED)
                            .map(held -> {
                                var about = held.event().getRegarding();
                                return "%s of %s %s/%s"
                                        .formatted(
                                                held.event().getReason(),
                                                about.getKind(),
                                                about.getNamespace(),
                                                about.getName());
                            })
                            .toList());
        }
    }
}
