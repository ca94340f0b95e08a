package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.core.RemoteApiVersion;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.deadline.CallDeadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Whose daemon a connection has, and what is to be asked of Podman in another way than of Docker. What Podman merely answers in
 * other words is read as Docker's wherever it is read, since Docker never says it: {@link
 * dev.longshore.docker.transport.DockerHttpResponse} and {@link EventStream}.
 *
 * @param version of Podman or Docker
 * @param namesDevices whether {@code /info} has the devices that it has discovered
 */
record EngineDialect(EngineInfo.Kind kind, String version, boolean namesDevices) {
    /** From this API version on, which is newer than that of all other requests. */
    private static final RemoteApiVersion NAMES_DEVICES = RemoteApiVersion.create(1, 50);

    /** In which the Docker API of Podman is complete enough, and tested. */
    private static final int OLDEST_PODMAN = 5;

    private static final String PODMAN = "Podman Engine";
    /** Of Podman's own API, beside Docker's. */
    private static final String LIBPOD = "5.0.0";

    private static final Duration LIBPOD_ANSWER = Duration.ofSeconds(5);
    private static final Pattern MAJOR = Pattern.compile("([0-9]{1,6})\\b");
    private static final int LONGEST_VERSION = 64;

    /** @param said the daemon's response to {@code /version} */
    static EngineDialect of(JsonNode said) {
        return StreamSupport.stream(said.path("Components").spliterator(), false)
                .filter(component -> component.path("Name").asText().equals(PODMAN))
                .findFirst()
                .map(component -> of(EngineInfo.Kind.PODMAN, component, said))
                .orElseGet(() -> of(EngineInfo.Kind.DOCKER, said, said));
    }

    private static EngineDialect of(EngineInfo.Kind kind, JsonNode from, JsonNode said) {
        var version = from.path("Version").asText();
        return new EngineDialect(
                kind,
                version.length() <= LONGEST_VERSION ? version : version.substring(0, LONGEST_VERSION),
                RemoteApiVersion.parseConfigWithDefault(said.path("ApiVersion").asText())
                        .isGreaterOrEqual(NAMES_DEVICES));
    }

    private boolean isPodman() {
        return kind == EngineInfo.Kind.PODMAN;
    }

    /** Why jobs cannot run there. */
    Optional<String> unsupported() {
        var major = MAJOR.matcher(version);
        return isPodman() && major.lookingAt() && Integer.parseInt(major.group(1)) < OLDEST_PODMAN
                ? Optional.of(
                        "Podman " + version + " is not supported: upgrade to Podman " + OLDEST_PODMAN + " or later")
                : Optional.empty();
    }

    /** Whether what is mounted below a read-only host path can be made read-only, too. */
    boolean bindsRecursively() {
        return !isPodman();
    }

    /** Podman follows the file of a log by name and size, and loses lines where it is rotated, or long, or at its end. */
    boolean followsLogs() {
        return !isPodman();
    }

    /**
     * From an entry's time on: Podman sends what is after a time, Docker what is not before it. And Podman rounds it, to a quarter of
     * a microsecond or so.
     */
    Instant logsSince(Instant since) {
        return isPodman() ? since.minus(1, ChronoUnit.MICROS) : since;
    }

    /** Podman gives a container its whole stop timeout before it removes it by force. */
    boolean stopsToRemove() {
        return isPodman();
    }

    /** The daemon's {@code /info}, with the devices that it has discovered where it names them. */
    JsonNode info(DockerQuery query) {
        return (namesDevices ? new DockerQuery(query.http(), NAMES_DEVICES.getVersion()) : query).tree("/info");
    }

    /**
     * The log driver that {@code /info} leaves empty: Podman's own API names it. Empty where there is none, such as behind a proxy
     * that admits Docker's API alone.
     */
    String logDriver(DockerQuery query) {
        if (!isPodman()) {
            return "";
        }
        try {
            var info = CallDeadline.within(
                    LIBPOD_ANSWER, () -> new DockerQuery(query.http(), LIBPOD).tree("/libpod/info"));
            return SystemInfo.shortened(info.path("host").path("logDriver"));
        } catch (RuntimeException e) {
            return "";
        }
    }

    /**
     * Podman has no ID, and invents another one for each answer. Here its machine and storage are known by what lasts. It
     * is not unique: a machine may be made anew with the same name.
     *
     * @param info the daemon's response to {@code /info}
     */
    String id(JsonNode info) {
        if (!isPodman()) {
            return info.path("ID").asText("");
        }
        var machine =
                info.path("Name").asText() + "\n" + info.path("DockerRootDir").asText();
        return UUID.nameUUIDFromBytes(machine.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
