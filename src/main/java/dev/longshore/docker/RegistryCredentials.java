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
        var encoded = both == null
                ? Stream.<String>empty()
                : Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                        .flatMap(encoder -> Stream.of(encoder, encoder.withoutPadding()))
                        .map(encoder -> encoder.encodeToString(both.getBytes(UTF_8)));
        return Stream.concat(Stream.of(password, identityToken, both).filter(Objects::nonNull), encoded)
                .toList();
    }

    @Override
    public String toString() {
        return "RegistryCredentials[" + registry + "]";
    }
}
