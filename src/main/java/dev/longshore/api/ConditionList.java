package dev.longshore.api;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds the conditions of a status: lastTransitionTime changes only when the status of the condition changes. */
public final class ConditionList {
    private final List<Condition> before;
    private final Long generation;
    private final String now;
    private final List<Condition> conditions = new ArrayList<>();

    /** @param before the conditions of the previous status, if any */
    public ConditionList(List<Condition> before, Long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = StatusFormat.time(now);
    }

    /** @param status True, False or Unknown */
    public ConditionList add(String type, String status, String reason, String message) {
        var since = before.stream()
                .filter(old -> old.getType().equals(type) && old.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElse(now);
        conditions.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .withObservedGeneration(generation)
                .build());
        return this;
    }

    public ConditionList add(String type, boolean holds, String reason, String message) {
        return add(type, holds ? "True" : "False", reason, message);
    }

    public List<Condition> toList() {
        return List.copyOf(conditions);
    }

    /** Whether a condition is True. */
    public static boolean holds(List<Condition> conditions, String type) {
        return conditions.stream()
                .anyMatch(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals("True"));
    }
}
