package dev.longshore.django;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the secrets of an object, also of those that are not carried over. */
final class SecretFinder {
    private SecretFinder() {}

    static void find(Row row, Secrets secrets) {
        row.fields().values().forEach(value -> addCredentials(value, secrets));
        switch (row.model()) {
            case Models.VARIABLE -> {
                var value = row.field("value").asText();
                if (row.field("is_secret").asBoolean()) {
                    secrets.add(value);
                }
                addVariable(row.field("key").asText(), value, secrets);
            }
            case Models.ENVIRONMENT -> addVariables(row.field("environment_variables_text"), secrets);
            case Models.EXECUTOR -> addByName(row.field("executor_config"), secrets);
            case Models.TEMPLATE -> {
                addOfCommand(row, "entrypoint", secrets);
                addOfCommand(row, "command", secrets);
            }
            case Models.JOB -> {
                addVariables(row.field("override_environment"), secrets);
                addOfCommand(row, "entrypoint", secrets);
                addOfCommand(row, "command", secrets);
                addOfCommand(row, "command_override", secrets);
            }
            default -> {}
        }
    }

    private static void addCredentials(JsonNode value, Secrets secrets) {
        if (value.isTextual()) {
            SecretRule.credentials(value.asText()).forEach(secrets::add);
        } else {
            value.forEach(each -> addCredentials(each, secrets));
        }
    }

    private static void addOfCommand(Row row, String field, Secrets secrets) {
        SecretRule.inText(row.field(field).asText("")).forEach(secrets::add);
    }

    /** As a whole, and what is secret in it by itself. */
    private static void addVariable(String name, String value, Secrets secrets) {
        var parts = SecretRule.inText(value);
        parts.forEach(secrets::add);
        if (!parts.isEmpty() || SecretRule.isSecret(name)) {
            secrets.add(value);
        }
    }

    private static void addVariables(JsonNode variables, Secrets secrets) {
        if (variables.isTextual()) {
            EnvironmentText.parse(variables.asText(), line -> {})
                    .forEach((name, value) -> addVariable(name, value, secrets));
        } else {
            addByName(variables, secrets);
        }
    }

    /** What is below a secret's name is secret as a whole. */
    private static void addByName(JsonNode value, Secrets secrets) {
        value.properties().forEach(field -> {
            var text = field.getValue().asText("");
            addVariable(field.getKey(), text, secrets);
            if (SecretRule.isSecret(field.getKey())) {
                addAll(field.getValue(), secrets);
            } else {
                addByName(field.getValue(), secrets);
            }
        });
    }

    private static void addAll(JsonNode value, Secrets secrets) {
        if (value.isValueNode()) {
            secrets.add(value.asText());
        }
        value.forEach(each -> addAll(each, secrets));
    }
}
