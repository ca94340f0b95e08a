package dev.longshore.job.attempt;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.job.HostKey;
import java.util.Set;

/**
 * What was received of one container from the moment at which it was made, by one subscription to the daemon's events, so that
 * nothing in between went unheard. A daemon tells of a start before it tells of the end and the removal of what was started:
 * one whose removal is received and no start before it was started by nobody, and cannot be any more.
 *
 * @param host whose daemon told all of it
 * @param untouched whether nothing was received but its making
 * @param removed whether its removal was received
 */
record ContainerHistory(HostKey host, String container, long subscription, boolean untouched, boolean removed) {
    /** What happens to a container while files are put into it. Whatever else there is may follow a start. */
    private static final Set<String> MAKING = Set.of("create", "archive-path", "extract-to-dir");

    /**
     * What is known after one event more.
     *
     * @param before of the container that was made last, or null
     */
    static ContainerHistory after(ContainerHistory before, HostKey host, ContainerEvent event, long subscription) {
        if (event.action().equals("create")) {
            return new ContainerHistory(host, event.container(), subscription, true, false);
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
                before.untouched() && (removal || MAKING.contains(event.action())),
                before.removed() || removal);
    }

    boolean isOf(HostKey otherHost, String otherContainer) {
        return host.equals(otherHost) && container.equals(otherContainer);
    }

    /** Whether the container is gone, and was started by nobody. */
    boolean wasNeverStarted() {
        return untouched && removed;
    }
}
