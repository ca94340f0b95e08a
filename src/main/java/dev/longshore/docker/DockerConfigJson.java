package dev.longshore.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Credentials of registries, as {@code docker login} stores them and Secrets hold them. Never printed. */
public final class DockerConfigJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By registry and path. */
    private final Map<String, RegistryCredentials> credentials;

    private DockerConfigJson(Map<String, RegistryCredentials> credentials) {
        this.credentials = credentials;
    }

    /**
     * Reads a {@code .dockerconfigjson}, or the older {@code .dockercfg}, which is its {@code auths} alone.
     *
     * @throws IllegalArgumentException if it cannot be read; the message holds nothing of its content
     */
    public static DockerConfigJson parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("registry credentials are not valid JSON", stripped(e));
        }
        var auths = root.has("auths") ? root.get("auths") : root;
        if (!auths.isObject()) {
            throw new IllegalArgumentException("registry credentials have no 'auths' object");
        }
        var credentials = new TreeMap<String, RegistryCredentials>();
        auths.properties().forEach(entry -> {
            var key = location(entry.getKey());
            credentials.put(key, credentials(key, entry.getValue()));
        });
        return new DockerConfigJson(credentials);
    }

    /** Those of the longest entry that the image is under. */
    public Optional<RegistryCredentials> forImage(ImageReference image) {
        if (image.domain() == null) {
            return Optional.empty();
        }
        return credentials.entrySet().stream()
                .filter(entry -> covers(entry.getKey(), image))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
    }

    private static boolean covers(String location, ImageReference image) {
        var slash = location.indexOf('/');
        var domain = slash < 0 ? location : location.substring(0, slash);
        var path = slash < 0 ? "" : location.substring(slash + 1);
        return matches(domain, image.domain())
                && (path.isEmpty() || image.path().equals(path) || image.path().startsWith(path + "/"));
    }

    /** As the kubelet has it, {@code *} stands for one label of a host name. */
    private static boolean matches(String pattern, String domain) {
        var in = 0;
        var at = 0;
        while (true) {
            var wantedEnd = labelEnd(pattern, in);
            var end = labelEnd(domain, at);
            var same = pattern.regionMatches(in, domain, at, Math.max(wantedEnd - in, end - at));
            if (!same && !pattern.substring(in, wantedEnd).equals("*")) {
                return false;
            }
            if (wantedEnd == pattern.length() || end == domain.length()) {
                return wantedEnd == pattern.length() && end == domain.length();
            }
            in = wantedEnd + 1;
            at = end + 1;
        }
    }

    private static int labelEnd(String name, int from) {
        var dot = name.indexOf('.', from);
        return dot < 0 ? name.length() : dot;
    }

    /** Registry and path: keys come with a scheme or without, and Docker Hub has several names. */
    private static String location(String key) {
        var location = withoutSlashes(withoutVersion(withoutScheme(key)));
        var slash = location.indexOf('/');
        var domain = slash < 0 ? location : location.substring(0, slash);
        return domain.equals("index.docker.io") || domain.equals("registry-1.docker.io")
                ? "docker.io" + location.substring(domain.length())
                : location;
    }

    private static String withoutScheme(String key) {
        var end = key.indexOf("://");
        return key.startsWith("https://") || key.startsWith("http://") ? key.substring(end + 3) : key;
    }

    private static String withoutVersion(String location) {
        var path = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        return path.endsWith("/v1") || path.endsWith("/v2") ? path.substring(0, path.length() - 3) : location;
    }

    private static String withoutSlashes(String location) {
        var end = location.length();
        while (end > 0 && location.charAt(end - 1) == '/') {
            end--;
        }
        return location.substring(0, end);
    }

    private static RegistryCredentials credentials(String key, JsonNode entry) {
        var username = entry.path("username").asText(null);
        var password = entry.path("password").asText(null);
        var auth = entry.path("auth").asText("");
        if (!auth.isEmpty()) {
            var decoded = decode(auth);
            var colon = decoded.indexOf(':');
            username = colon < 0 ? decoded : decoded.substring(0, colon);
            password = colon < 0 ? "" : decoded.substring(colon + 1);
        }
        var registry = key.contains("/") ? key.substring(0, key.indexOf('/')) : key;
        return new RegistryCredentials(
                registry.equals("docker.io") ? "https://index.docker.io/v1/" : registry,
                username,
                password,
                entry.path("identitytoken").asText(null));
    }

    private static String decode(String auth) {
        try {
            return new String(Base64.getMimeDecoder().decode(auth), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("registry credentials have an 'auth' that is not valid base64", e);
        }
    }

    /** Jackson quotes what it could not read. */
    private static Throwable stripped(JsonProcessingException e) {
        e.clearLocation();
        return new IllegalArgumentException(e.getClass().getSimpleName());
    }

    @Override
    public String toString() {
        return "DockerConfigJson" + credentials.keySet();
    }
}
