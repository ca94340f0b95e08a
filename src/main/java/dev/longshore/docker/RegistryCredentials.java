package dev.longshore.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Credentials for a registry; an identity token stands in for user name and password. Never printed. */
public record RegistryCredentials(String registry, String username, String password, String identityToken) {
    /** All forms in which a registry's or daemon's words may repeat them; a user name alone is no secret. */
    public List<String> secrets() {
        var both = username == null || password == null ? null : username + ":" + password;
        var encoded = both == null ? null : Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
        return Stream.of(password, identityToken, both, encoded, encoded == null ? null : withoutPadding(encoded))
                .filter(Objects::nonNull)
                .toList();
    }

    private static String withoutPadding(String base64) {
        var padding = base64.indexOf('=');
        return padding < 0 ? base64 : base64.substring(0, padding);
    }

    @Override
    public String toString() {
        return "RegistryCredentials[" + registry + "]";
    }
}
