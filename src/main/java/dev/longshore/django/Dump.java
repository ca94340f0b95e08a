package dev.longshore.django;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of a dump that may become resources, by model and primary key. */
final class Dump {
    private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
    private final Map<String, Integer> unused = new TreeMap<>();
    private final Notes notes;
    private int waiting;
    private int running;
    private int ended;

    Dump(Notes notes) {
        this.notes = notes;
    }

    /** As Django loads a dump, the last one of the same key counts. */
    void add(Row row) {
        if (rows.computeIfAbsent(row.model(), model -> new LinkedHashMap<>()).put(row.key(), row) != null) {
            notes.add(row, "more than once in the dump: the last one is used");
        }
    }

    /** Counts one that is not carried over. */
    void countJob(Row row) {
        var status = row.field("status").asText("pending");
        // An earlier one of the same key does not count any more.
        if (rows.containsKey(row.model())) {
            rows.get(row.model()).remove(row.key());
        }
        if (Models.WAITING.contains(status)) {
            waiting++;
        } else if (Models.RUNNING.contains(status)) {
            running++;
        } else {
            ended++;
        }
    }

    void countUnused(String model) {
        // Beyond, there is no list that anyone would read.
        var name = unused.containsKey(model) || unused.size() < Models.MOST ? model : "others";
        unused.merge(name, 1, Integer::sum);
    }

    Collection<Row> rows(String model) {
        return rows.getOrDefault(model, Map.of()).values();
    }

    Optional<Row> find(String model, String key) {
        return Optional.ofNullable(rows.getOrDefault(model, Map.of()).get(key));
    }

    /** Objects of models without a counterpart, by model. */
    Map<String, Integer> unused() {
        return unused;
    }

    /** Jobs that have not started, and were not asked for. */
    int waiting() {
        return waiting;
    }

    /** Jobs that run. */
    int running() {
        return running;
    }

    /** Jobs that have ended. */
    int ended() {
        return ended;
    }
}
