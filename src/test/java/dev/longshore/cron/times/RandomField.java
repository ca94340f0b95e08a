package dev.longshore.cron.times;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * A field as text, with its values.
 *
 * @param any whether it says any value
 */
record RandomField(String text, BitSet values, boolean any) {
    static RandomField of(Random random, int min, int max, double anyShare) {
        if (random.nextDouble() < anyShare) {
            return new RandomField(random.nextBoolean() ? "*" : "?", range(min, max, 1), true);
        }
        var items = new ArrayList<String>();
        var values = new BitSet();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            items.add(item(random, min, max, values));
        }
        return new RandomField(String.join(",", items), values, false);
    }

    private static String item(Random random, int min, int max, BitSet values) {
        int from = min + random.nextInt(max - min + 1);
        int to = from + random.nextInt(max - from + 1);
        int step = 2 + random.nextInt((max - min) / 2);
        return switch (random.nextInt(5)) {
            case 0 -> add("*/" + step, values, range(min, max, step));
            case 1 -> add(from + "/" + step, values, range(from, max, step));
            case 2 -> add(from + "-" + to, values, range(from, to, 1));
            case 3 -> add(from + "-" + to + "/" + step, values, range(from, to, step));
            default -> add(String.valueOf(from), values, range(from, from, 1));
        };
    }

    private static String add(String text, BitSet values, BitSet more) {
        values.or(more);
        return text;
    }

    private static BitSet range(int from, int to, int step) {
        var values = new BitSet();
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
        return values;
    }

    /** Whether the text has what makes an hour field one of elapsed time. */
    boolean hasSteps() {
        return List.of("*", "?", "/").stream().anyMatch(text::contains);
    }
}
