package dev.longshore.host;

import dev.longshore.api.ConditionList;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.EventSink;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Records Events of hosts, each for one only by whoever reconciles it. */
final class HostEvents {
    private final EventSink events;
    private final RoomWarnings room;
    /** Those whose status this process has said it in. */
    private final Set<String> degraded = ConcurrentHashMap.newKeySet();

    /** @param enqueue has a host reconciled that has a warning to record */
    HostEvents(EventSink events, Consumer<ResourceID> enqueue) {
        this.events = events;
        this.room = new RoomWarnings(events, enqueue);
    }

    /** The host has the status that it has now, stored or not. */
    void reconciled(DockerHost host) {
        room.reconciled(host);
    }

    /** A status was stored. */
    void changed(DockerHost host, DockerHostStatus before, HostStatuses.Health health) {
        var known = before != null && !before.conditions().isEmpty();
        var wasReady = known && ConditionList.holds(before.conditions(), HostStatuses.READY);
        if (health.ready() && !wasReady) {
            events.record(host, EventSink.Type.NORMAL, HostStatuses.READY, health.message());
        } else if (!health.ready() && (!known || wasReady)) {
            events.record(host, EventSink.Type.WARNING, health.reason(), health.message());
        }
    }

    /** A status was stored, in which the daemon refuses whatever it is asked, or nothing. */
    void degraded(DockerHost host, DockerHostStatus before, Optional<String> refusal) {
        var was = before != null && ConditionList.holds(before.conditions(), HostStatuses.DEGRADED);
        var key = key(host);
        if (refusal.isPresent()) {
            degraded.add(key);
        }
        // One that was so before this process began is only not known to be so any more.
        var recovered = refusal.isEmpty() && degraded.remove(key);
        if (refusal.isPresent() && !was) {
            events.record(host, EventSink.Type.WARNING, HostStatuses.DEGRADED, HostStatuses.degraded(refusal.get()));
        } else if (recovered && was) {
            events.record(host, EventSink.Type.NORMAL, "Recovered", "the daemon starts jobs again");
        }
    }

    void imagePullFailed(DockerHost host, String message) {
        events.record(host, EventSink.Type.WARNING, "ImagePullFailed", message);
    }

    void forget(DockerHost host) {
        degraded.remove(key(host));
        room.forget(host);
    }

    private static String key(DockerHost host) {
        return host.getMetadata().getNamespace() + "/" + host.getMetadata().getName();
    }
}
