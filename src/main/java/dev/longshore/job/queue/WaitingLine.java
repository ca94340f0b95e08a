package dev.longshore.job.queue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * The jobs that wait for one host, in the order of their turns: by priority, with fair sharing by the number of jobs of their namespace
 * that run, then by creation time and name. Namespaces that have as many running as they may are left out.
 *
 * <p>Each change costs O(log n), and so does each step through it: only the first of each namespace stands in {@link #heads}.
 */
final class WaitingLine {
    private final Map<String, TreeSet<Waiting>> byNamespace = new HashMap<>();
    private final Map<String, Turn> turns = new HashMap<>();
    private final TreeSet<Turn> heads = new TreeSet<>(Turn.ORDER);
    private final ToIntFunction<String> running;
    private boolean fairSharing;
    private int mostPerNamespace = Integer.MAX_VALUE;

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
            byNamespace.keySet().forEach(this::update);
        }
    }

    void add(Waiting job) {
        byNamespace
                .computeIfAbsent(job.namespace(), none -> new TreeSet<>(Waiting.ORDER))
                .add(job);
        update(job.namespace());
    }

    void remove(Waiting job) {
        var all = byNamespace.get(job.namespace());
        if (all != null && all.remove(job)) {
            update(job.namespace());
            if (all.isEmpty()) {
                byNamespace.remove(job.namespace());
            }
        }
    }

    /** Another number of its jobs has a slot, or another one is its first. */
    void update(String namespace) {
        var before = turns.remove(namespace);
        if (before != null) {
            heads.remove(before);
        }
        var all = byNamespace.get(namespace);
        if (all != null && !all.isEmpty() && !isFull(namespace)) {
            var turn = turn(all.first());
            turns.put(namespace, turn);
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
    Iterator<Waiting> inOrder() {
        return new InOrder();
    }

    /** The heads, and of each that was passed the next one of its namespace. */
    private final class InOrder implements Iterator<Waiting> {
        private final Iterator<Turn> others = heads.iterator();
        private final PriorityQueue<Passed> passed =
                new PriorityQueue<>(Comparator.comparing(Passed::next, Turn.ORDER));
        private Turn head = others.hasNext() ? others.next() : null;

        private record Passed(Turn next, Iterator<Waiting> behind) {}

        @Override
        public boolean hasNext() {
            return head != null || !passed.isEmpty();
        }

        @Override
        public Waiting next() {
            if (head != null
                    && (passed.isEmpty()
                            || Turn.ORDER.compare(head, passed.peek().next()) < 0)) {
                var behind = byNamespace.get(head.job().namespace()).iterator();
                var first = behind.next();
                pass(behind);
                head = others.hasNext() ? others.next() : null;
                return first;
            }
            var next = passed.remove();
            pass(next.behind());
            return next.next().job();
        }

        private void pass(Iterator<Waiting> behind) {
            if (behind.hasNext()) {
                passed.add(new Passed(turn(behind.next()), behind));
            }
        }
    }
}
