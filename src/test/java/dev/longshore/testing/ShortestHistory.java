package dev.longshore.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is left of a random history that fails. */
public final class ShortestHistory {
    private ShortestHistory() {}

    /** Leaves out one run of actions after the other, shorter and shorter ones, for as long as it still fails. */
    public static <A> List<A> of(List<A> history, Predicate<List<A>> fails) {
        var shortest = new ArrayList<>(history);
        for (var length = shortest.size() / 2; length > 0; length /= 2) {
            for (var from = 0; from + length <= shortest.size(); ) {
                var shorter = new ArrayList<>(shortest);
                shorter.subList(from, from + length).clear();
                if (fails.test(shorter)) {
                    shortest = shorter;
                } else {
                    from++;
                }
            }
        }
        return shortest;
    }
}
