package dev.longshore.cli.log;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobLogs;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.docker.LogQuery;
import java.time.Instant;
import java.util.ArrayList;

/**
 * What is wanted of a log of which only the excerpt in a job's status is left. Its lines have no times and its two streams
 * no common order.
 *
 * @param note what is missing of what was asked for; empty where nothing is
 */
record Excerpt(String note, String stdout, String stderr) {
    private static final int KIBI = 1024;

    /** @param status of the attempt that the excerpt is of */
    static Excerpt of(JobLogs logs, LogQuery query, ContainerJobStatus status) {
        if (query.since() != null && isBefore(status.finishedAt(), query.since())) {
            return new Excerpt("no log since " + query.since() + ": the container exited earlier", "", "");
        }
        var stdout = requireNonNullElse(logs.stdout(), "");
        var stderr = requireNonNullElse(logs.stderr(), "");
        var truncated = Boolean.TRUE.equals(logs.truncated());
        if (truncated && stdout.isEmpty() && stderr.isEmpty()) {
            // None was wanted, or the message says why.
            var message = status.message() == null ? "" : " (" + Terminal.line(status.message()) + ")";
            return new Excerpt("no log was kept" + message, "", "");
        }
        var out = end(stdout, query.tail());
        var err = end(stderr, query.tail());
        var notes = new ArrayList<String>();
        if (truncated && (lacks(stdout, query.tail()) || lacks(stderr, query.tail()))) {
            notes.add("showing the last " + size(status) + " of each stream");
        }
        if (query.since() != null && isBefore(status.startedAt(), query.since())) {
            notes.add("lines before " + query.since() + " are included, as they have no timestamps");
        }
        return new Excerpt(String.join("; ", notes), out, err);
    }

    /** Whether more lines of a stream were wanted than are left of it; which one was truncated is not known. */
    private static boolean lacks(String stream, Integer lines) {
        return !stream.isEmpty() && (lines == null || stream.lines().count() < lines);
    }

    private static String size(ContainerJobStatus status) {
        var bytes =
                status.effective() == null ? null : status.effective().logs().tailBytes();
        return bytes == null ? "bytes" : bytes % KIBI == 0 ? bytes / KIBI + " KiB" : bytes + " bytes";
    }

    private static boolean isBefore(String time, Instant since) {
        return time != null && Instant.parse(time).isBefore(since);
    }

    /** @param lines null: all */
    private static String end(String text, Integer lines) {
        if (lines == null) {
            return text;
        }
        var start = text.length();
        for (var left = lines; left > 0 && start > 0; left--) {
            // What ends this line is part of it.
            start = text.lastIndexOf('\n', start - 2) + 1;
        }
        return text.substring(start);
    }
}
