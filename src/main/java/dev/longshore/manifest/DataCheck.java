package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Validates keys and values of Secrets and ConfigMaps. Never reports a value. */
final class DataCheck {
    private static final Pattern KEY = Pattern.compile("(?![.]$|[.][.])[-._a-zA-Z0-9]{1,253}");
    private static final Map<String, List<String>> KEYS_OF_TYPE = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

    private final Findings findings;

    DataCheck(Findings findings) {
        this.findings = findings;
    }

    void checkSecret(JsonNode secret) {
        checkKeys(secret, "data");
        checkKeys(secret, "stringData");
        checkBase64(secret, "data");
        KEYS_OF_TYPE.getOrDefault(secret.path("type").asText(), List.of()).forEach(key -> {
            if (!secret.path("data").has(key) && !secret.path("stringData").has(key)) {
                findings.add(
                        "data." + key,
                        "Required value: for a Secret of type "
                                + secret.path("type").asText());
            }
        });
    }

    void checkConfigMap(JsonNode map) {
        checkKeys(map, "data");
        checkKeys(map, "binaryData");
        checkBase64(map, "binaryData");
        map.path("binaryData").properties().forEach(entry -> {
            if (map.path("data").has(entry.getKey())) {
                findings.add("binaryData." + entry.getKey(), "Duplicate value: the key is also in data");
            }
        });
    }

    private void checkKeys(JsonNode resource, String field) {
        resource.path(field).properties().forEach(entry -> {
            if (!KEY.matcher(entry.getKey()).matches()) {
                findings.add(
                        field + "." + entry.getKey(),
                        "Invalid key: must be up to 253 letters, digits, '-', '_' or '.', and must not start with '..'");
            }
        });
    }

    private void checkBase64(JsonNode resource, String field) {
        resource.path(field).properties().forEach(entry -> {
            if (!isBase64(entry.getValue().asText())) {
                var remedy = resource.path("kind").asText().equals("Secret") ? ": use stringData for clear text" : "";
                findings.add(field + "." + entry.getKey(), "illegal base64 data" + remedy);
            }
        });
    }

    /** With padding, on one or several lines. */
    private static boolean isBase64(String text) {
        var joined = text.replaceAll("[\r\n]", "");
        try {
            Base64.getDecoder().decode(joined);
            return joined.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
