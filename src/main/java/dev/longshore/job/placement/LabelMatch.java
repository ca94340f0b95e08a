package dev.longshore.job.placement;

import dev.longshore.api.HostSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A label selector, as Kubernetes means it. */
final class LabelMatch {
    private final Map<String, String> labels;
    private final List<LabelSelectorRequirement> expressions;

    LabelMatch(Map<String, String> labels, List<LabelSelectorRequirement> expressions) {
        this.labels = labels == null ? Map.of() : labels;
        this.expressions = expressions == null ? List.of() : expressions;
    }

    static LabelMatch of(HostSelector selector) {
        return new LabelMatch(selector.matchLabels(), selector.matchExpressions());
    }

    boolean matches(Map<String, String> found) {
        return found(found).entrySet().containsAll(labels.entrySet())
                && expressions.stream().allMatch(expression -> meets(expression, found(found)));
    }

    /** What these labels lack, as a selector of kubectl has it; nothing where they match. */
    List<String> missing(Map<String, String> found) {
        var wanted = new TreeMap<>(labels)
                .entrySet().stream()
                        .filter(label -> !label.getValue().equals(found(found).get(label.getKey())))
                        .map(label -> label.getKey() + "=" + label.getValue());
        var unmet = expressions.stream()
                .filter(expression -> !meets(expression, found(found)))
                .map(LabelMatch::message);
        return Stream.concat(wanted, unmet).toList();
    }

    private static Map<String, String> found(Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }

    private static String message(LabelSelectorRequirement expression) {
        var values = Optional.ofNullable(expression.getValues()).orElse(List.of());
        return switch (expression.getOperator()) {
            case "In" -> expression.getKey() + " in (" + String.join(", ", values) + ")";
            case "NotIn" -> expression.getKey() + " notin (" + String.join(", ", values) + ")";
            case "DoesNotExist" -> "!" + expression.getKey();
            default -> expression.getKey();
        };
    }

    private static boolean meets(LabelSelectorRequirement expression, Map<String, String> labels) {
        var value = labels.get(expression.getKey());
        return switch (expression.getOperator()) {
            case "In" -> value != null && expression.getValues().contains(value);
            case "NotIn" -> value == null || !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
