package dev.longshore.docker;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds many values in a short text, one after the other, with work linear in them and memory linear in the text: the suffix
 * automaton of Blumer and others, which knows each part of the text. A state stands for parts that end at the same places.
 * One thread.
 */
final class TextIndex {
    private static final int ROOT = 0;
    private static final int NONE = -1;

    private final int size;
    /** By state: the length of its longest part, and the state of the longest end of that which is in more places. */
    private final int[] length;

    private final int[] link;
    /** By state: whether its parts are ends of the text. */
    private final boolean[] atEnd;
    /** By state: how long the longest value is that ends where its parts do; 0: none. */
    private final int[] found;
    /** By bytes of the text: the state of all up to there. */
    private final int[] upTo;
    /** A hash table from a state and a byte, plus 1, to the next state. */
    private final int[] keys;

    private final int[] targets;
    private int states = 1;
    private int last = ROOT;
    private int cut;

    TextIndex(byte[] text) {
        size = text.length;
        length = new int[2 * size + 1];
        link = new int[2 * size + 1];
        atEnd = new boolean[2 * size + 1];
        found = new int[2 * size + 1];
        upTo = new int[size + 1];
        // There are at most three edges a byte.
        keys = new int[Integer.highestOneBit(8 * (size + 1))];
        targets = new int[keys.length];
        link[ROOT] = NONE;
        for (var i = 0; i < size; i++) {
            extend(text[i] & 0xff);
            upTo[i + 1] = last;
        }
        for (var state = last; state != ROOT; state = link[state]) {
            atEnd[state] = true;
        }
    }

    private void extend(int label) {
        var state = add(length[last] + 1);
        var from = last;
        while (from != NONE && next(from, label) == NONE) {
            put(from, label, state);
            from = link[from];
        }
        link[state] = from == NONE ? ROOT : exactly(from, label);
        last = state;
    }

    /** The next state, split off where it has longer parts than the one that this byte makes. */
    private int exactly(int from, int label) {
        var next = next(from, label);
        if (length[next] == length[from] + 1) {
            return next;
        }
        var split = add(length[from] + 1);
        for (var each = 0; each < 1 << Byte.SIZE; each++) {
            var target = next(next, each);
            if (target != NONE) {
                put(split, each, target);
            }
        }
        link[split] = link[next];
        link[next] = split;
        for (var state = from; state != NONE && next(state, label) == next; state = link[state]) {
            put(state, label, split);
        }
        return split;
    }

    private int add(int longest) {
        length[states] = longest;
        return states++;
    }

    private int next(int state, int label) {
        var at = slot(state, label);
        return keys[at] == 0 ? NONE : targets[at];
    }

    private void put(int state, int label, int target) {
        var at = slot(state, label);
        keys[at] = (state << Byte.SIZE | label) + 1;
        targets[at] = target;
    }

    private int slot(int state, int label) {
        var key = (state << Byte.SIZE | label) + 1;
        var mixed = key * 0x9e3779b9;
        var at = (mixed ^ mixed >>> 15) & keys.length - 1;
        while (keys[at] != 0 && keys[at] != key) {
            at = at + 1 & keys.length - 1;
        }
        return at;
    }

    /** Looks for a value, and for its beginnings at the end of the text. */
    void find(byte[] value) {
        var state = ROOT;
        for (var i = 0; i < value.length; i++) {
            state = next(state, value[i] & 0xff);
            if (state == NONE) {
                return;
            }
            if (atEnd[state]) {
                cut = Math.max(cut, i + 1);
            }
        }
        found[state] = Math.max(found[state], value.length);
    }

    /** How long the longest beginning of a value is that the text ends with. */
    int cut() {
        return cut;
    }

    /** By bytes of the text: how long the longest value is that ends there. To be called last. */
    int[] found() {
        IntStream.range(1, states)
                .boxed()
                .sorted(Comparator.comparingInt(state -> length[state]))
                .forEach(state -> found[state] = Math.max(found[state], found[link[state]]));
        return Arrays.stream(upTo).map(state -> found[state]).toArray();
    }
}
