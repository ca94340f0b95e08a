package dev.longshore.docker;

import java.util.Arrays;
import java.util.List;

/**
 * Finds all of many values in one pass over bytes, with work linear in them however many values there are: the automaton of
 * Aho and Corasick. Immutable, so that any number of threads may use one.
 *
 * <p>A node stands for a beginning of one or more values. Nodes are numbered by depth, the children of each in order of
 * their bytes, so that one number tells where those of a node are. Four numbers a node, and at most one node for each byte
 * of the values: values may be a MiB and more, and maps or objects would take ten times that.
 */
final class SecretAutomaton {
    static final int ROOT = 0;
    static final int NONE = -1;
    /** Numbers of nodes share a word with a byte. */
    private static final int LARGEST = (1 << 24) - 2;

    private static final int BYTES_PER_NODE = 4 * Integer.BYTES;

    /** By node: its own byte in the upper 8 bits, the number of its first child in the lower 24; one more at the end. */
    private final int[] children;
    /** By node: that of the longest beginning of a value that this one ends with. */
    private final int[] fallback;
    /** By node: how many bytes it stands for. */
    private final int[] depth;
    /** By node: how many bytes the longest value has that it ends with; 0: none. */
    private final int[] found;

    private final int[] fromRoot = new int[1 << Byte.SIZE];

    private SecretAutomaton(int nodes) {
        children = new int[nodes + 1];
        fallback = new int[nodes];
        depth = new int[nodes];
        found = new int[nodes];
        Arrays.fill(fromRoot, NONE);
    }

    /** @param values none of them empty */
    static SecretAutomaton of(List<byte[]> values) {
        var sorted = values.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        var nodes = 1L;
        var distinct = 0;
        for (var value : sorted) {
            var known = distinct == 0 ? 0 : commonLength(sorted[distinct - 1], value);
            if (known < value.length) {
                sorted[distinct] = value;
                distinct++;
                nodes += value.length - known;
            }
        }
        if (nodes > LARGEST) {
            throw new IllegalArgumentException("too many values to mask: " + nodes + " bytes");
        }
        var automaton = new SecretAutomaton((int) nodes);
        automaton.build(Arrays.copyOf(sorted, distinct));
        return automaton;
    }

    /** At most so many bytes of memory values of this size need. */
    static long mostBytes(long size) {
        return BYTES_PER_NODE * (1 + size);
    }

    private static int commonLength(byte[] one, byte[] other) {
        var mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }

    /** Level by level; of each node on a level it is known which of the sorted values are below it. */
    private void build(byte[][] values) {
        var level = new Level(Math.max(1, values.length));
        level.add(0, values.length);
        var node = ROOT;
        var states = 1;
        for (var at = 0; level.size > 0; at++) {
            var next = new Level(level.values);
            for (var i = 0; i < level.size; i++) {
                children[node] |= states;
                states = addChildren(node, states, at, values, level.from[i], level.to[i], next);
                node++;
            }
            level = next;
        }
        children[node] = states;
    }

    private int addChildren(int parent, int firstFree, int at, byte[][] values, int from, int to, Level next) {
        var child = firstFree;
        var start = from;
        while (start < to) {
            var label = values[start][at] & 0xff;
            var end = start + 1;
            while (end < to && (values[end][at] & 0xff) == label) {
                end++;
            }
            children[child] = label << 24;
            depth[child] = at + 1;
            fallback[child] = parent == ROOT ? ROOT : follow(fallback[parent], label);
            // The shortest one comes first.
            var isValue = values[start].length == at + 1;
            found[child] = isValue ? at + 1 : found[fallback[child]];
            if (parent == ROOT) {
                fromRoot[label] = child;
            }
            next.add(isValue ? start + 1 : start, end);
            child++;
            start = end;
        }
        return child;
    }

    private int follow(int from, int label) {
        var node = from;
        var next = child(node, label);
        while (next == NONE && node != ROOT) {
            node = fallback[node];
            next = child(node, label);
        }
        return next == NONE ? ROOT : next;
    }

    /** That of a node for the next byte, or {@link #NONE}. */
    int child(int node, int label) {
        if (node == ROOT) {
            return fromRoot[label];
        }
        var low = first(node);
        var high = first(node + 1) - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var there = children[middle] >>> 24;
            if (there == label) {
                return middle;
            }
            if (there < label) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    private int first(int node) {
        return children[node] & 0xffffff;
    }

    int fallback(int node) {
        return fallback[node];
    }

    int depth(int node) {
        return depth[node];
    }

    int found(int node) {
        return found[node];
    }

    /** Of memory, but for a constant part. */
    long bytes() {
        return (long) fallback.length * BYTES_PER_NODE;
    }

    /** Which of the sorted values are below each node of a level. */
    private static final class Level {
        private final int[] from;
        private final int[] to;
        private int size;
        /** How many go on below it. */
        private int values;

        private Level(int most) {
            from = new int[most];
            to = new int[most];
        }

        private void add(int first, int end) {
            from[size] = first;
            to[size] = end;
            size++;
            values += end - first;
        }
    }
}
