package dev.longshore.django;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A Secret that is being put together from variables. */
final class SecretData {
    static final String PLACEHOLDER = "REPLACE-ME";
    private static final int MOST_BYTES = 1 << 20;

    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();
    private long bytes;

    SecretData(String name) {
        this.name = name;
    }

    /** Adds the value of a variable, and refers to it. */
    void add(String variable, String value, ObjectNode entry) {
        var key = key(variable);
        values.put(key, value);
        bytes += value.getBytes(UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new InvalidRowException("its secret variables have more than 1 MiB");
        }
        refer(name, key, entry);
    }

    static void refer(String secret, String key, ObjectNode entry) {
        entry.putObject("valueFrom")
                .putObject("secretKeyRef")
                .put("name", secret)
                .put("key", key);
    }

    /** The variable's name, as far as a Secret's key may have it. */
    private String key(String variable) {
        var valid = variable.substring(0, Math.min(variable.length(), 200)).replaceAll("[^-._a-zA-Z0-9]", "_");
        var base = valid.startsWith("..") || valid.equals(".") ? "_" + valid : valid;
        var key = base;
        for (var number = 2; values.containsKey(key); number++) {
            key = base + "-" + number;
        }
        return key;
    }

    /** Empty where nothing was added. The placeholders of one that is not to include values are a note. */
    Optional<Resource> resource(Row owner, String namespace, boolean include) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var resource = Resource.of("v1", "Secret", namespace, name, "Secret variables of " + owner);
        var data = resource.content().putObject("stringData");
        values.forEach((key, value) -> data.put(key, include ? value : PLACEHOLDER));
        if (!include) {
            resource.notes().add("Secret " + name + " has placeholders: replace them");
        }
        return Optional.of(resource);
    }

    String name() {
        return name;
    }

    int size() {
        return values.size();
    }
}
