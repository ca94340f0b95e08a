package dev.longshore.docker;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an image was made for, or a daemon runs, in Docker's words. Either may be empty: not known.
 *
 * @param os such as linux
 * @param architecture such as amd64; without a variant
 */
public record ImagePlatform(String os, String architecture) {
    /** As {@code uname} has them. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("x86_64", "amd64"),
            Map.entry("x86-64", "amd64"),
            Map.entry("aarch64", "arm64"),
            Map.entry("armhf", "arm"),
            Map.entry("armel", "arm"),
            Map.entry("armv5l", "arm"),
            Map.entry("armv6l", "arm"),
            Map.entry("armv7l", "arm"),
            Map.entry("armv8l", "arm"),
            Map.entry("i386", "386"),
            Map.entry("i486", "386"),
            Map.entry("i586", "386"),
            Map.entry("i686", "386"));

    private static final Set<String> SYSTEMS = Set.of("linux", "windows", "freebsd", "darwin");

    public ImagePlatform {
        os = os == null ? "" : os.toLowerCase(Locale.ROOT);
        architecture = normalised(architecture);
    }

    private static String normalised(String architecture) {
        var lower = architecture == null ? "" : architecture.toLowerCase(Locale.ROOT);
        return OTHER_NAMES.getOrDefault(lower, lower);
    }

    /** From what may be asked for, such as {@code linux/arm64/v8}, {@code linux} or {@code arm64}. */
    public static ImagePlatform parse(String platform) {
        var parts = platform.split("/", 3);
        if (parts.length == 1) {
            return SYSTEMS.contains(parts[0].toLowerCase(Locale.ROOT))
                    ? new ImagePlatform(parts[0], "")
                    : new ImagePlatform("", parts[0]);
        }
        return new ImagePlatform(parts[0], parts[1]);
    }

    /** Whether it is the same, as far as both are known. */
    public boolean matches(ImagePlatform other) {
        return same(os, other.os()) && same(architecture, other.architecture());
    }

    /** Whether an image of it runs on a machine of that, without emulation: also where that takes older ones. */
    public boolean runsOn(ImagePlatform machine) {
        return matches(machine)
                || same(os, machine.os())
                        && architecture.equals("386")
                        && machine.architecture().equals("amd64");
    }

    private static boolean same(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    @Override
    public String toString() {
        return (os.isEmpty() ? "?" : os) + "/" + (architecture.isEmpty() ? "?" : architecture);
    }
}
