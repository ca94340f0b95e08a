package dev.longshore.job.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.docker.ContainerSpec;
import dev.longshore.job.Digests;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The label that records which files of a container came from Secrets: the path of each, and a mark by which its content is
 * recognized, in the container or in the Secret.
 */
public final class SecretFileLabel {
    /** Long enough to detect a change; too short to guess the content from. */
    private static final int MARK = 16;

    private SecretFileLabel() {}

    public static String of(String jobUid, List<ContainerSpec.File> files) {
        return files.stream()
                .map(file -> URLEncoder.encode(file.path(), UTF_8) + "=" + mark(jobUid, file.path(), file.content()))
                .collect(Collectors.joining(" "));
    }

    /** Marks by path; the label may have been written by anyone who may use the daemon. */
    public static Map<String, String> parse(String label) {
        var marks = new LinkedHashMap<String, String>();
        for (var entry : label.split(" ")) {
            var end = entry.indexOf('=');
            if (end > 0) {
                marks.put(decode(entry.substring(0, end)), entry.substring(end + 1));
            }
        }
        return marks;
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path, UTF_8);
        } catch (IllegalArgumentException e) {
            // Not written by us: no such file will be found.
            return path;
        }
    }

    public static String mark(String jobUid, String path, byte[] content) {
        return new Digests()
                .add(jobUid.getBytes(UTF_8))
                .add(path.getBytes(UTF_8))
                .add(content)
                .value()
                .substring(0, MARK);
    }
}
