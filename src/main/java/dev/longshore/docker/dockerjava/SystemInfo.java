package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.docker.EngineInfo;
import java.time.Instant;

/** What a daemon reports of itself and its machine. It goes into the status of the host. */
final class SystemInfo {
    private static final int LONGEST_VALUE = 253;

    private SystemInfo() {}

    /** @param certificateEnd when the first of the certificates expires with which the daemon is reached, or null */
    static EngineInfo read(DockerQuery query, EngineDialect dialect, Instant certificateEnd) {
        var info = query.tree("/info");
        if (!info.isObject()) {
            throw new IllegalArgumentException("no system information");
        }
        return new EngineInfo(
                dialect.kind(),
                shortened(dialect.id(info)),
                shortened(info.path("ServerVersion")),
                query.apiVersion(),
                shortened(info.path("OSType")),
                shortened(info.path("Architecture")),
                info.path("NCPU").asInt(0),
                info.path("MemTotal").asLong(0),
                certificateEnd);
    }

    static String shortened(JsonNode value) {
        return shortened(value.asText(""));
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
    }
}
