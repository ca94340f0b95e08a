package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.docker.DockerRefusedException;
import java.util.Optional;

/** Who owns the files put into a container: the user that its program runs as, as the daemon finds it. */
record FileOwner(long uid, long gid) {
    private static final String USERS = "/etc/passwd";
    private static final String GROUPS = "/etc/group";
    private static final int LARGEST = 1 << 20;
    private static final int MOST_DIGITS = 10;
    private static final int NAME = 0;
    private static final int ID = 2;
    private static final int GROUP_OF_USER = 3;

    /** Reads a regular file of the container that has no more bytes. */
    interface Files {
        Optional<byte[]> read(String path, int mostBytes);
    }

    /** The same of any container. */
    interface FilesOfContainer {
        Optional<byte[]> read(String container, String path, int mostBytes);
    }

    /**
     * @param user such as {@code nobody}, {@code 1000:1000} or {@code name:group}; null or empty: root
     * @throws DockerRefusedException naming what cannot be found in the container's own files
     */
    static FileOwner of(String user, Files files) {
        var written = user == null ? "" : user;
        var colon = written.indexOf(':');
        var name = colon < 0 ? written : written.substring(0, colon);
        var group = colon < 0 ? "" : written.substring(colon + 1);
        if (name.isEmpty() || isNumber(name)) {
            return new FileOwner(name.isEmpty() ? 0 : Long.parseLong(name), group(group, 0, files));
        }
        var entry = entry(USERS, "user", name, files);
        return new FileOwner(number(entry, ID), group(group, number(entry, GROUP_OF_USER), files));
    }

    private static long group(String group, long otherwise, Files files) {
        if (group.isEmpty()) {
            return otherwise;
        }
        return isNumber(group) ? Long.parseLong(group) : number(entry(GROUPS, "group", group, files), ID);
    }

    private static String[] entry(String path, String kind, String name, Files files) {
        var content = files.read(path, LARGEST)
                .orElseThrow(() -> refusal(kind, name, path + " in the image is not a regular file of at most 1 MiB"));
        return new String(content, UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .map(line -> line.split(":", -1))
                .orElseThrow(() -> refusal(kind, name, "not found in " + path + " of the image"));
    }

    private static DockerRefusedException refusal(String kind, String name, String why) {
        return new DockerRefusedException(
                "failed to set the owner of Secret files to " + kind + " '" + name + "': " + why
                        + "; use a numeric ID in spec.user of the template",
                null);
    }

    private static long number(String[] entry, int field) {
        if (field >= entry.length || !isNumber(entry[field])) {
            throw refusal("user or group", entry[NAME], "its entry has no numeric ID");
        }
        return Long.parseLong(entry[field]);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
