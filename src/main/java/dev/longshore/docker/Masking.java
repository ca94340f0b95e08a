package dev.longshore.docker;

/**
 * Replaces secrets in one stream of bytes that comes in pieces. Each byte that belongs to an occurrence of a value is
 * replaced, also where occurrences overlap: those that do become one mask, those side by side one each. What may still
 * become a value is held back, which is never more than the longest of them. One thread.
 */
public final class Masking {
    private static final int FIRST_CAPACITY = 64;

    private final SecretAutomaton values;
    private final Sink sink;
    private int node = SecretAutomaton.ROOT;
    /** How many bytes came, and how many of them are certain and passed on. */
    private long taken;

    private long passed;
    /** The bytes between the two, each at its place in the stream modulo the length, which is a power of two. */
    private byte[] held = new byte[FIRST_CAPACITY];
    /** What is to be masked from {@code passed} on, in order, no two of them overlapping. */
    private final Stretches masked = new Stretches();

    private long moves;

    Masking(SecretAutomaton values, Sink sink) {
        this.values = values;
        this.sink = sink;
    }

    /** Takes what comes out. */
    public interface Sink {
        void put(byte each);

        /** In the place of a value. */
        void mask();
    }

    public void append(byte[] bytes) {
        for (var each : bytes) {
            append(each);
        }
    }

    private void append(byte each) {
        hold(each);
        advance(each & 0xff);
        var found = values.found(node);
        if (found > 0) {
            masked.add(taken - found, taken);
        }
        passUntil(taken - values.depth(node));
    }

    /** Nothing follows. */
    public void finish() {
        passUntil(taken);
        node = SecretAutomaton.ROOT;
    }

    /** How often the automaton changed its state: at most twice for each byte. */
    long moves() {
        return moves;
    }

    private void advance(int label) {
        var next = values.child(node, label);
        while (next == SecretAutomaton.NONE && node != SecretAutomaton.ROOT) {
            node = values.fallback(node);
            moves++;
            next = values.child(node, label);
        }
        node = next == SecretAutomaton.NONE ? SecretAutomaton.ROOT : next;
        moves++;
    }

    private void hold(byte each) {
        if (taken - passed == held.length) {
            var larger = new byte[2 * held.length];
            for (var at = passed; at < taken; at++) {
                larger[(int) (at & larger.length - 1)] = held[(int) (at & held.length - 1)];
            }
            held = larger;
        }
        held[(int) (taken & held.length - 1)] = each;
        taken++;
    }

    private void passUntil(long end) {
        while (passed < end) {
            if (!masked.isEmpty() && masked.from() <= passed) {
                if (masked.begin()) {
                    sink.mask();
                }
                var until = Math.min(masked.to(), end);
                passed = until;
                if (until == masked.to()) {
                    masked.removeFirst();
                }
            } else {
                sink.put(held[(int) (passed & held.length - 1)]);
                passed++;
            }
        }
    }

    /** Parts of the stream, in order and apart from each other: one that overlaps the last ones takes them in. */
    private static final class Stretches {
        private long[] from = new long[8];
        private long[] to = new long[8];
        private int first;
        private int end;
        /** Whether the first has its mask already, of which more is still to come. */
        private boolean begun;

        boolean isEmpty() {
            return first == end;
        }

        long from() {
            return from[first];
        }

        long to() {
            return to[first];
        }

        /** True the first time. */
        boolean begin() {
            var is = !begun;
            begun = true;
            return is;
        }

        void removeFirst() {
            first++;
            begun = false;
            if (first == end) {
                first = 0;
                end = 0;
            }
        }

        void add(long start, long stop) {
            var least = start;
            while (end > first && to[end - 1] > start) {
                end--;
                least = Math.min(least, from[end]);
            }
            if (end == from.length) {
                makeRoom();
            }
            from[end] = least;
            to[end] = stop;
            end++;
        }

        private void makeRoom() {
            var size = end - first;
            var capacity = size > from.length / 2 ? 2 * from.length : from.length;
            var nextFrom = new long[capacity];
            var nextTo = new long[capacity];
            System.arraycopy(from, first, nextFrom, 0, size);
            System.arraycopy(to, first, nextTo, 0, size);
            from = nextFrom;
            to = nextTo;
            first = 0;
            end = size;
        }
    }
}
