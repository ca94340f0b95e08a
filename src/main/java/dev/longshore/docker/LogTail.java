package dev.longshore.docker;

/**
 * The ends of a container's streams: valid UTF-8, whole lines where possible.
 *
 * @param truncated whether one of the streams had more
 * @param withheld why there is no text, where there may be a log; null: there is
 */
public record LogTail(String stdout, String stderr, boolean truncated, String withheld) {
    public LogTail(String stdout, String stderr, boolean truncated) {
        this(stdout, stderr, truncated, null);
    }

    public static LogTail withheld(String why) {
        return new LogTail("", "", true, why);
    }
}
