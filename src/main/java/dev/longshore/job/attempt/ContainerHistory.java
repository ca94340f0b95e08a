package dev.longshore.job.attempt;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.job.HostKey;
import java.util.Set;

/**
 * The events of one container since its creation, all received by one subscription, so that none in between is missing. A daemon
 * sends the start of a container before its end and removal: if a removal is received and no start before it, nobody has started
 * the container, and nobody can any more.
 *
 * @param host whose daemon sent all of them
 * @param ended whether its end was received, and no start since
 * @param untouched whether no event but those of its creation was received
 * @param removed whether its removal was received
 */
record ContainerHistory(
        HostKey host, String container, long subscription, boolean ended, boolean untouched, boolean removed) {
    /** What happens to a container while files are put into it. Every other event may follow a start. */
    private static final Set<String> CREATION = Set.of("create", "archive-path", "extract-to-dir");

    /**
     * What is known after one event more.
     *
     * @param before of the container that was created last, or null
     */
    static ContainerHistory after(ContainerHistory before, HostKey host, ContainerEvent event, long subscription) {
        if (event.action().equals("create")) {
            return new ContainerHistory(host, event.container(), subscription, false, true, false);
        }
        if (before == null || !before.isOf(host, event.container())) {
            return before;
        }
        if (before.subscription() != subscription) {
            return null;
        }
        var removal = event.action().equals("destroy");
        return new ContainerHistory(
                host,
                before.container(),
                subscription,
                event.action().equals("die")
                        || before.ended() && !event.action().equals("start"),
                before.untouched() && (removal || CREATION.contains(event.action())),
                before.removed() || removal);
    }

    static boolean mayFollowAStart(ContainerEvent event) {
        return !event.action().equals("destroy") && !CREATION.contains(event.action());
    }

    boolean isOf(HostKey otherHost, String otherContainer) {
        return host.equals(otherHost) && container.equals(otherContainer);
    }

    /** Whether nothing of it was missed up to now, if this is the subscription of now, and it is still there. */
    boolean isComplete(long now) {
        return subscription == now && !removed;
    }

    /** Whether the container is gone, and was never started. */
    boolean wasNeverStarted() {
        return untouched && removed;
    }
}
