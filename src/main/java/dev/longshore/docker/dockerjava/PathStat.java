package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What a daemon says of a path of a container beside its content. Podman sends what a symbolic link leads to in place of the link.
 *
 * @param mode as Go has it
 */
record PathStat(long mode) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "X-Docker-Container-Path-Stat";
    private static final long LINK = 1L << 27;
    private static final long FOLDER = 1L << 31;
    /** What is neither a regular file nor anything else that is known. */
    private static final long IRREGULAR = 1L << 19;
    /** Everything but regular files: besides, pipes, sockets and devices. */
    private static final long TYPES = FOLDER | LINK | 1L << 26 | 1L << 25 | 1L << 24 | 1L << 21 | IRREGULAR;

    private static final PathStat UNKNOWN = new PathStat(IRREGULAR);

    /** @param headers of the answer; what says nothing of the path is about no link */
    static PathStat of(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(HEADER))
                .map(header -> of(header.getValue().get(0)))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static PathStat of(String header) {
        try {
            return new PathStat(JSON.readTree(Base64.getDecoder().decode(header))
                    .path("mode")
                    .asLong(IRREGULAR));
        } catch (IOException | IllegalArgumentException e) {
            return UNKNOWN;
        }
    }

    boolean isLink() {
        return (mode & LINK) != 0;
    }

    /** Whether an archive of it has at least one entry. */
    boolean isFileOrFolder() {
        return (mode & TYPES) == 0 || (mode & FOLDER) != 0;
    }
}
