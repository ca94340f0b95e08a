package dev.longshore.job.queue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * The jobs that wait for one host, in the order of their turns: by priority, with fair sharing by the number of jobs of their namespace
 * that run, then by creation time and name. Namespaces that have as many running as they may are left out.
 *
 * <p>Each change costs O(log n), and so does each step through it: only the first of each namespace, and of those alike that are passed, stands in
 * {@link #heads}.
 */
final class WaitingLine {
    private final Map<Alike, TreeSet<Waiting>> lines = new HashMap<>();
    private final Map<String, Set<Alike>> ofNamespaces = new HashMap<>();
    private final Map<Alike, Turn> turns = new HashMap<>();
    private final TreeSet<Turn> heads = new TreeSet<>(Turn.ORDER);
    private final ToIntFunction<String> running;
    private boolean fairSharing;
    private int mostPerNamespace = Integer.MAX_VALUE;

    /**
     * Those of a namespace; and of those that are passed the ones that need the same: what one of them lacks all do.
     *
     * @param demand null for those that are not passed
     */
    private record Alike(String namespace, Demand demand, int atOnce) {
        static Alike of(Waiting job) {
            return job.keepsPosition()
                    ? new Alike(job.namespace(), null, 0)
                    : new Alike(job.namespace(), job.demand(), job.atOnce());
        }
    }

    /** @param running how many jobs of its namespace run; the same for all without fair sharing */
    private record Turn(int running, Waiting job) {
        static final Comparator<Turn> ORDER = Comparator.<Turn>comparingInt(
                        turn -> turn.job().applicant().priority())
                .thenComparingInt(Turn::running)
                .thenComparing(Turn::job, Waiting.ORDER);
    }

    /** @param running how many jobs of a namespace have a slot */
    WaitingLine(ToIntFunction<String> running) {
        this.running = running;
    }

    void terms(boolean fair, int most) {
        if (fair != fairSharing || most != mostPerNamespace) {
            fairSharing = fair;
            mostPerNamespace = most;
            lines.keySet().forEach(this::update);
        }
    }

    void add(Waiting job) {
        var line = Alike.of(job);
        lines.computeIfAbsent(line, none -> new TreeSet<>(Waiting.ORDER)).add(job);
        ofNamespaces.computeIfAbsent(line.namespace(), none -> new HashSet<>()).add(line);
        update(line);
    }

    void remove(Waiting job) {
        var line = Alike.of(job);
        var all = lines.get(line);
        if (all != null && all.remove(job)) {
            update(line);
            if (all.isEmpty()) {
                lines.remove(line);
                ofNamespaces.computeIfPresent(line.namespace(), (namespace, those) -> {
                    those.remove(line);
                    return those.isEmpty() ? null : those;
                });
            }
        }
    }

    /** Another number of its jobs has a slot. */
    void update(String namespace) {
        if (fairSharing || mostPerNamespace < Integer.MAX_VALUE) {
            ofNamespaces.getOrDefault(namespace, Set.of()).forEach(this::update);
        }
    }

    private void update(Alike line) {
        var before = turns.remove(line);
        if (before != null) {
            heads.remove(before);
        }
        var all = lines.get(line);
        if (all != null && !all.isEmpty() && !isFull(line.namespace())) {
            var turn = turn(all.first());
            turns.put(line, turn);
            heads.add(turn);
        }
    }

    boolean isFull(String namespace) {
        return running.applyAsInt(namespace) >= mostPerNamespace;
    }

    boolean isBefore(Waiting one, Waiting other) {
        return Turn.ORDER.compare(turn(one), turn(other)) < 0;
    }

    private Turn turn(Waiting job) {
        return new Turn(fairSharing ? running.applyAsInt(job.namespace()) : 0, job);
    }

    /** From the first on; not to be used any more after a change. */
    InOrder inOrder() {
        return new InOrder();
    }

    /** The heads, and of each that was passed the next one of its line. */
    final class InOrder {
        private final Iterator<Turn> others = heads.iterator();
        private final PriorityQueue<Passed> passed =
                new PriorityQueue<>(Comparator.comparing(Passed::next, Turn.ORDER));
        private Turn head = others.hasNext() ? others.next() : null;
        /** Those behind the one that was returned last; or null. */
        private Iterator<Waiting> behind;

        private Waiting last;

        private record Passed(Turn next, Iterator<Waiting> behind) {}

        boolean hasNext() {
            pass();
            return head != null || !passed.isEmpty();
        }

        Waiting next() {
            pass();
            if (head != null
                    && (passed.isEmpty()
                            || Turn.ORDER.compare(head, passed.peek().next()) < 0)) {
                behind = lines.get(Alike.of(head.job())).iterator();
                last = behind.next();
                head = others.hasNext() ? others.next() : null;
            } else {
                var next = passed.remove();
                behind = next.behind();
                last = next.next().job();
            }
            return last;
        }

        /** Those that need the same as the one that was returned last, and are passed as it is, are left out. */
        void passAlike() {
            if (!last.keepsPosition()) {
                behind = null;
            }
        }

        private void pass() {
            if (behind != null && behind.hasNext()) {
                passed.add(new Passed(turn(behind.next()), behind));
            }
            behind = null;
        }
    }
}
