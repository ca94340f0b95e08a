package dev.longshore.docker;

/**
 * The ends of a container's streams: valid UTF-8, whole lines where possible.
 *
 * @param truncated whether one of the streams had more, or may have had
 * @param problem why there is no text where there may be a log, or less than there could be; else null
 */
public record LogTail(String stdout, String stderr, boolean truncated, String problem) {
    public LogTail(String stdout, String stderr, boolean truncated) {
        this(stdout, stderr, truncated, null);
    }

    public static LogTail withheld(String why) {
        return new LogTail("", "", true, why);
    }

    public static LogTail unreadable(String why) {
        return withheld("failed to read log: " + why);
    }

    public LogTail cutShort(String why) {
        return new LogTail(stdout, stderr, true, why);
    }
}
