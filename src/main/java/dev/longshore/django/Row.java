package dev.longshore.django;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * An object of the dump.
 *
 * @param model without the application, such as {@code containerjob}
 * @param key the primary key
 */
record Row(String model, String key, Map<String, JsonNode> fields) {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    JsonNode field(String name) {
        return fields.getOrDefault(name, MissingNode.getInstance());
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Empty where it is null or missing. */
    String text(String name) {
        var value = field(name);
        if (!value.isTextual() && !isAbsent(value)) {
            throw new InvalidRowException(name + " must be a string");
        }
        return value.asText("");
    }

    String required(String name) {
        var value = text(name);
        if (value.isBlank()) {
            throw new InvalidRowException(name + (has(name) ? " is empty" : " is missing"));
        }
        return value;
    }

    boolean flag(String name, boolean otherwise) {
        var value = field(name);
        if (!value.isBoolean() && !isAbsent(value)) {
            throw new InvalidRowException(name + " must be true or false");
        }
        return value.asBoolean(otherwise);
    }

    /** Empty where it is 0, too, which means the same in the dump's fields: no value. */
    Optional<BigDecimal> number(String name) {
        var value = field(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        // Compared, since 1e999999999 takes no memory until it is written out.
        if (!value.isNumber() || value.decimalValue().abs().compareTo(LARGEST) > 0) {
            throw new InvalidRowException(name + " must be a number");
        }
        var number = value.decimalValue();
        if (number.signum() < 0) {
            throw new InvalidRowException(name + " must not be negative");
        }
        return number.signum() == 0 ? Optional.empty() : Optional.of(number);
    }

    /** As {@link #number}, without a fraction. */
    Optional<Long> whole(String name) {
        var number = number(name);
        if (number.isPresent() && !field(name).isIntegralNumber()) {
            throw new InvalidRowException(name + " must be an integer");
        }
        return number.map(BigDecimal::longValue);
    }

    /** The primary key of another object; empty where it is null or missing. */
    String reference(String name) {
        var value = field(name);
        if (!value.isTextual() && !value.isIntegralNumber() && !isAbsent(value)) {
            throw new InvalidRowException(name + " must be a primary key");
        }
        return value.asText("");
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    /** For messages. */
    @Override
    public String toString() {
        var name = field("name").isTextual() ? field("name").asText() : "";
        return model + " " + (key.matches("[-\\w.]+") ? key : Notes.quoted(key))
                + (name.isEmpty() ? "" : " " + Notes.quoted(name));
    }
}
