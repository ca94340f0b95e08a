package dev.longshore.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The operator that leads, and those that do so no more and have not noticed. */
final class Operators {
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private final Schedule schedule;
    private final Daemons daemons;
    private final Supplier<SimulatedOperator> newOperator;
    private final Runnable disturbed;
    private final Consumer<String> listed;
    private final List<SimulatedOperator> deposed = new ArrayList<>();
    private SimulatedOperator leader;
    private Duration overlapUntil = Duration.ZERO;

    /** @param listed of a host, once the leader has received what containers it has */
    Operators(
            Schedule schedule,
            Daemons daemons,
            Supplier<SimulatedOperator> newOperator,
            Runnable disturbed,
            Consumer<String> listed) {
        this.schedule = schedule;
        this.daemons = daemons;
        this.newOperator = newOperator;
        this.disturbed = disturbed;
        this.listed = listed;
    }

    SimulatedOperator leader() {
        return leader;
    }

    List<SimulatedOperator> alive() {
        return Stream.concat(Stream.ofNullable(leader), deposed.stream())
                .filter(each -> !each.isDead())
                .toList();
    }

    /** Starts another operator if there is none. */
    void start() {
        if (leader == null || leader.isDead()) {
            lead();
        }
    }

    private void lead() {
        leader = newOperator.get();
        connectAll();
    }

    void kill() {
        if (!schedule.isAtRest()) {
            // One behind the first may have been quicker so far.
            disturbed.run();
        }
        leader.kill();
    }

    /** Another operator leads, and the one that did goes on for a while. */
    void depose(Duration longest) {
        if (leader.isDead() || alive().size() > 2) {
            return;
        }
        disturbed.run();
        var old = leader;
        old.deposed = true;
        deposed.add(old);
        overlapUntil = schedule.now().uptime().plus(longest).plus(SETTLED);
        schedule.in(longest, old::kill);
        lead();
    }

    void killDeposed() {
        deposed.forEach(SimulatedOperator::kill);
    }

    /** Whether two are at work, or were a moment ago: neither knows what the other starts. */
    boolean areOverlapping() {
        return schedule.now().uptime().compareTo(overlapUntil) < 0;
    }

    /** Whether the leader hears of all that happens. */
    boolean areConnected() {
        return !leader.isDead()
                && daemons.all().stream()
                        .allMatch(daemon -> leader.host(daemon.host).isReady());
    }

    void connectAll() {
        daemons.all().forEach(daemon -> connect(daemon.host));
    }

    void connect(String host) {
        schedule.soon(() -> {
            if (!leader.isDead()) {
                leader.host(host).connect();
                listed.accept(host);
            }
        });
    }

    void loseConnection(String host) {
        if (!leader.isDead() && leader.host(host).isReady()) {
            leader.host(host).lose();
        }
    }

    /** The event stream hangs until someone notices the silence. */
    void deafen(String host) {
        if (!leader.isDead()) {
            var deaf = leader.host(host);
            deaf.goDeaf();
            schedule.in(Duration.ofSeconds(30), () -> {
                if (deaf.isReady()) {
                    deaf.connect();
                }
            });
        }
    }
}
