package dev.longshore.cli.run;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.cli.terminal.ErrorTerminal;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** The lines that show a run on a terminal: text from what is known, the time and the room there is, and no more. */
final class RunLines {
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String PLAIN_SPINNER = "|/-\\";
    private static final int TURN_MILLIS = 200;
    private static final int LONGEST_NAME = 40;
    private static final int TIME = 8;

    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";

    private final boolean colours;
    private final boolean unicode;

    /** @param unicode false: nothing but ASCII can be shown */
    RunLines(boolean colours, boolean unicode) {
        this.colours = colours;
        this.unicode = unicode;
    }

    /** All characters that are used beyond ASCII. */
    static String unicode() {
        return SPINNER + "✔✘■…";
    }

    /**
     * What changes as time goes on: a line for each job that is being worked on, for as many as fit, and how many there
     * are of each kind. Never longer than the terminal is wide, never more than it is high.
     */
    List<String> live(RunBoard board, ErrorTerminal.Size size, Duration now) {
        var active = board.entries().stream().filter(RunBoard.Entry::isActive).toList();
        // The last row is left to the cursor, the one before to the counts.
        var rows = Math.max(0, size.height() - 2);
        // A line that reaches the last column may make the next one start a row further down.
        var width = size.width() - 1;
        var shown = active.size() <= rows ? active.size() : Math.max(0, rows - 1);
        var lines = new ArrayList<String>();
        for (var entry : active.subList(0, shown)) {
            lines.add(active(entry, board, width, now));
        }
        if (shown < active.size() && rows > 0) {
            lines.add(cut((unicode ? "… and " : "... and ") + (active.size() - shown) + " more", width));
        }
        var help = board.isStopping() ? "; stopping, press Ctrl-C again to exit now" : "";
        lines.add(cut(counts(board.entries()) + help, width));
        return lines;
    }

    private String active(RunBoard.Entry entry, RunBoard board, int width, Duration now) {
        var waits = entry.reason() == JobReason.RETRY_BACKOFF;
        var text = columns(entry, board, elapsed(now.minus(entry.since())), doing(entry));
        return mark(waits ? "-" : spinner(now), waits ? YELLOW : CYAN) + cut(text, width - 1);
    }

    private String spinner(Duration now) {
        var signs = unicode ? SPINNER : PLAIN_SPINNER;
        var turn = (int) (now.toMillis() / TURN_MILLIS % signs.length());
        return signs.substring(turn, turn + 1);
    }

    private static String doing(RunBoard.Entry entry) {
        if (entry.phase() == JobPhase.RUNNING) {
            return "running" + ofAttempts(entry);
        }
        return switch (entry.reason()) {
            case PULLING_IMAGE -> "pulling image";
            case RETRY_BACKOFF -> "failed" + ofAttempts(entry) + ", retrying soon";
            default -> "starting" + ofAttempts(entry);
        };
    }

    /** The line that stays when a job has ended. */
    String ended(RunBoard.Entry entry, RunBoard board) {
        var status = entry.status();
        var mark = switch (status.phase()) {
            case COMPLETED -> mark(unicode ? "✔" : "+", GREEN);
            case CANCELLED -> mark(unicode ? "■" : "-", YELLOW);
            default -> mark(unicode ? "✘" : "x", RED);
        };
        return mark + columns(entry, board, requireNonNullElse(status.duration(), ""), outcome(entry));
    }

    private static String outcome(RunBoard.Entry entry) {
        var status = entry.status();
        var exit = status.exitCode() == null ? "" : "exit " + status.exitCode();
        if (status.phase() == JobPhase.COMPLETED) {
            return exit + ofAttempts(entry);
        }
        var why = status.reason() == JobReason.NON_ZERO_EXIT
                ? ""
                : status.phase() == JobPhase.CANCELLED
                        ? "canceled"
                        : status.reason().value() + (exit.isEmpty() ? ": " + Terminal.line(status.message()) : "");
        return why + (why.isEmpty() || exit.isEmpty() ? "" : ", ") + exit + ofAttempts(entry);
    }

    private static String ofAttempts(RunBoard.Entry entry) {
        var effective = entry.status().effective();
        var limit = effective == null ? 0 : requireNonNullElse(effective.retry().limit(), 0);
        return limit == 0 ? "" : " (attempt " + entry.attempt() + " of " + (limit + 1) + ")";
    }

    private static String columns(RunBoard.Entry entry, RunBoard board, String time, String rest) {
        return (" %s  %" + TIME + "s  %s  %s")
                .formatted(
                        pad(
                                entry.name(),
                                board.entries().stream()
                                        .map(RunBoard.Entry::name)
                                        .toList()),
                        time,
                        pad(
                                entry.host(),
                                board.entries().stream()
                                        .map(RunBoard.Entry::host)
                                        .toList()),
                        rest)
                .stripTrailing();
    }

    private static String pad(String text, List<String> all) {
        var width = Math.min(
                LONGEST_NAME, all.stream().mapToInt(String::length).max().orElse(0));
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Tenths where they tell something. */
    static String elapsed(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return "%d.%ds".formatted(time.toSeconds(), time.toMillisPart() / 100);
        }
        var hours = time.toHours();
        return hours == 0
                ? "%dm%02ds".formatted(time.toMinutes(), time.toSecondsPart())
                : "%dh%02dm%02ds".formatted(hours, time.toMinutesPart(), time.toSecondsPart());
    }

    /** What stays at the end: nothing where no job was begun, since an error tells all there is to tell. */
    static List<String> summary(RunBoard board, Duration now) {
        var began = board.entries().stream()
                .anyMatch(entry -> entry.status() != null
                        && (entry.status().attempt() != null || JobPhases.finished(entry.phase())));
        return began ? List.of(counts(board.entries()) + " in " + elapsed(now)) : List.of();
    }

    /** Such as {@code 3 running, 12 waiting, 5 done, 1 failed}. */
    static String counts(Collection<RunBoard.Entry> entries) {
        var counts = new StringJoiner(", ");
        add(counts, entries, "running", entry -> entry.phase() == JobPhase.RUNNING);
        add(counts, entries, "starting", entry -> entry.isActive() && isStarting(entry));
        add(
                counts,
                entries,
                "waiting",
                entry -> !JobPhases.finished(entry.phase()) && entry.phase() != JobPhase.RUNNING && !isStarting(entry));
        add(counts, entries, "done", entry -> entry.phase() == JobPhase.COMPLETED);
        add(counts, entries, "failed", entry -> entry.phase() == JobPhase.FAILED);
        add(counts, entries, "canceled", entry -> entry.phase() == JobPhase.CANCELLED);
        return counts.toString();
    }

    private static boolean isStarting(RunBoard.Entry entry) {
        return entry.reason() == JobReason.PULLING_IMAGE || entry.reason() == JobReason.STARTING;
    }

    private static void add(
            StringJoiner counts, Collection<RunBoard.Entry> entries, String value, Predicate<RunBoard.Entry> kind) {
        var count = entries.stream().filter(kind).count();
        if (count > 0) {
            counts.add(String.format(Locale.ROOT, "%d %s", count, value));
        }
    }

    private String mark(String sign, String colour) {
        return colours ? "\u001b[" + colour + "m" + sign + "\u001b[0m" : sign;
    }

    private String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        var sign = unicode ? "…" : ">";
        return width <= 0 ? "" : text.substring(0, width - 1) + sign;
    }
}
