package dev.longshore.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What goes wrong with the next calls of daemons and writes to the store, each before or after it took effect. */
final class Faults {
    /** When. */
    enum When {
        BEFORE,
        AFTER
    }

    /** The operator is killed in the middle of a call. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Breaks one call: returns what it throws; null: nothing, what else it has done is the fault. */
    interface Breaker {
        Throwable breaks(String call);
    }

    private record Planned(int call, When when, Breaker breaker) {}

    private final List<Planned> planned = new ArrayList<>();
    private final Map<String, Breaker> always = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean struck;

    /** Breaks the call that comes as the n-th from now, from 0. */
    void plan(int fromNow, When when, Breaker breaker) {
        planned.add(new Planned(calls.size() + fromNow, when, breaker));
    }

    /** Breaks every call of this name. */
    void always(String call, Breaker breaker) {
        always.put(call, breaker);
    }

    void none() {
        always.clear();
        planned.clear();
    }

    boolean arePlanned() {
        return !planned.isEmpty();
    }

    /** Whether one went wrong since this was asked last. */
    boolean struck() {
        var was = struck;
        struck = false;
        return was;
    }

    /** All calls there were. */
    List<String> calls() {
        return calls;
    }

    <T> T around(String name, java.util.function.Supplier<T> call) {
        var number = calls.size();
        calls.add(name);
        if (always.containsKey(name)) {
            var failure = always.get(name).breaks(name);
            if (failure != null) {
                sneak(failure);
            }
        }
        strike(number, When.BEFORE, name);
        var result = call.get();
        strike(number, When.AFTER, name);
        return result;
    }

    private void strike(int number, When when, String name) {
        var due = planned.stream()
                .filter(plan -> plan.call() == number && plan.when() == when)
                .findFirst();
        if (due.isPresent()) {
            planned.remove(due.get());
            struck = true;
            var thrown = due.get().breaker().breaks(name);
            if (thrown != null) {
                sneak(thrown);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
