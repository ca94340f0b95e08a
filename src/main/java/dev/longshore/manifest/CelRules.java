package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Evaluates the {@code x-kubernetes-validations} of a schema as on creation: transition rules are skipped. Each rule is
 * compiled when a resource first has its field, as compiling takes longer than everything else.
 */
final class CelRules {
    private static final String SELF = "self";
    private static final String TRANSITION = "oldSelf";

    private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

    private CelRules() {}

    /** Of {@code schema} and all schemas in it. */
    static void check(JsonNode value, JsonNode schema, String path, Findings findings) {
        if (value.isObject()) {
            value.properties().forEach(field -> {
                var property = schema.path("properties").path(field.getKey());
                var known = property.isMissingNode() ? schema.path("additionalProperties") : property;
                check(field.getValue(), known, Document.join(path, field.getKey()), findings);
            });
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), schema.path("items"), path + "[" + i + "]", findings);
            }
        }
        for (var rule : schema.path("x-kubernetes-validations")) {
            var expression = rule.path("rule").asText();
            if (!expression.contains(TRANSITION) && !Boolean.TRUE.equals(evaluate(expression, value))) {
                findings.add(path + rule.path("fieldPath").asText(), message(rule, value));
            }
        }
    }

    private static String message(JsonNode rule, JsonNode value) {
        if (rule.has("messageExpression")
                && evaluate(rule.path("messageExpression").asText(), value) instanceof String message
                && !message.isBlank()) {
            return message;
        }
        return rule.has("message")
                ? rule.path("message").asText()
                : "failed rule: " + rule.path("rule").asText();
    }

    /** @return null if it cannot be evaluated, which also fails the rule on the API server */
    static Object evaluate(String expression, JsonNode self) {
        try {
            return PROGRAMS.computeIfAbsent(expression, Cel::compile).eval(Map.of(SELF, plain(self)));
        } catch (CelEvaluationException e) {
            return null;
        }
    }

    /** CEL's types: integers are longs. */
    private static Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> {
                var map = new LinkedHashMap<String, Object>();
                value.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
                yield map;
            }
            case ARRAY -> {
                var list = new ArrayList<>();
                value.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.isIntegralNumber() ? (Object) value.longValue() : (Object) value.doubleValue();
            case STRING, BINARY -> value.asText();
            case NULL, MISSING -> NullValue.NULL_VALUE;
        };
    }

    /** Loaded with the first rule. */
    private static final class Cel {
        private static final CelOptions OPTIONS =
                CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
        private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar(SELF, SimpleType.DYN)
                .addFunctionDeclarations(CelQuantity.DECLARATIONS)
                .build();
        private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addFunctionBindings(CelQuantity.BINDINGS)
                .build();

        private static CelRuntime.Program compile(String expression) {
            try {
                return RUNTIME.createProgram(COMPILER.compile(expression).getAst());
            } catch (CelValidationException | CelEvaluationException e) {
                throw new IllegalStateException("a rule of the CRDs cannot be compiled: " + expression, e);
            }
        }
    }
}
