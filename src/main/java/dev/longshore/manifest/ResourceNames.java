package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Validates the names in {@code metadata}, whose rules are in no schema. */
final class ResourceNames {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern NAMESPACE = Pattern.compile(LABEL);
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern KEY = Pattern.compile("(?:([^/]*)/)?([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private final Findings findings;

    ResourceNames(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode metadata) {
        var name = metadata.path("name");
        if (name.asText().isEmpty() && metadata.path("generateName").asText().isEmpty()) {
            findings.addShapeless("metadata.name", "Required value: name or generateName is required");
        } else if (name.isTextual()) {
            checkName(name);
        }
        var namespace = metadata.path("namespace");
        if (namespace.isTextual() && !namespace.asText().isEmpty()) {
            checkNamespace(namespace);
        }
        metadata.path("labels").properties().forEach(label -> {
            checkKey("metadata.labels", label.getKey());
            checkLabel("metadata.labels." + label.getKey(), label.getValue());
        });
        metadata.path("annotations")
                .properties()
                .forEach(annotation ->
                        checkKey("metadata.annotations", annotation.getKey().toLowerCase(Locale.ROOT)));
    }

    private void checkName(JsonNode name) {
        if (name.asText().length() > LONGEST_NAME) {
            findings.add("metadata.name", "Too long: may not be more than " + LONGEST_NAME + " characters");
        } else if (!NAME.matcher(name.asText()).matches()) {
            findings.add(
                    "metadata.name",
                    "Invalid value: " + name + ": must consist of lower case letters, digits, '-' or '.', and start and"
                            + " end with a letter or digit (such as 'example.com')");
        }
    }

    private void checkNamespace(JsonNode namespace) {
        if (namespace.asText().length() > LONGEST_LABEL) {
            findings.add("metadata.namespace", "Too long: may not be more than " + LONGEST_LABEL + " characters");
        } else if (!NAMESPACE.matcher(namespace.asText()).matches()) {
            findings.add(
                    "metadata.namespace",
                    "Invalid value: " + namespace + ": must consist of lower case letters, digits or '-', and start and"
                            + " end with a letter or digit (such as 'my-name')");
        }
    }

    private void checkKey(String path, String key) {
        var parts = KEY.matcher(key);
        var valid = parts.matches()
                && parts.group(2).length() <= LONGEST_LABEL
                && (parts.group(1) == null
                        || parts.group(1).length() <= LONGEST_NAME
                                && NAME.matcher(parts.group(1)).matches());
        if (!valid) {
            findings.add(
                    path + "." + key,
                    "Invalid key: must be up to 63 letters, digits, '-', '_' or '.', starting and ending with a letter or"
                            + " digit, after an optional DNS name and '/' (such as 'example.com/my-name')");
        }
    }

    private void checkLabel(String path, JsonNode value) {
        if (value.isTextual()
                && (value.asText().length() > LONGEST_LABEL
                        || !VALUE.matcher(value.asText()).matches())) {
            findings.add(
                    path,
                    "Invalid value: " + SchemaValues.shown(value)
                            + ": must be empty or up to 63 letters, digits, '-', '_'"
                            + " or '.', starting and ending with a letter or digit");
        }
    }
}
