package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.docker.EngineInfo;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What a daemon reports of itself and its machine. It goes into the status of the host. */
final class SystemInfo {
    private static final int LONGEST_VALUE = 253;
    private static final int MOST_DEVICES = 64;
    /** Without spaces and control characters. */
    private static final Pattern DEVICE = Pattern.compile("[!-~]{1,256}");

    private SystemInfo() {}

    /** @param certificateEnd when the first of the certificates expires with which the daemon is reached, or null */
    static EngineInfo read(DockerQuery query, EngineDialect dialect, Instant certificateEnd) {
        var info = dialect.info(query);
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
                devices(info.path("DiscoveredDevices")),
                certificateEnd);
    }

    /** Sorted, since it goes into the status of the host: another order is no change. */
    static List<String> devices(JsonNode discovered) {
        return StreamSupport.stream(discovered.spliterator(), false)
                .map(device -> device.path("ID").asText(""))
                .filter(DEVICE.asMatchPredicate())
                .sorted()
                .distinct()
                .limit(MOST_DEVICES)
                .toList();
    }

    static String shortened(JsonNode value) {
        return shortened(value.asText(""));
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
    }
}
