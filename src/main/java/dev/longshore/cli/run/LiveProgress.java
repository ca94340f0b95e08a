package dev.longshore.cli.run;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.terminal.ErrorTerminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lines that are drawn again in place, five times a second.
 *
 * <p>Threads: the run's thread writes on the board, under the lock of this object. A thread of its own reads the board and
 * is the only one that writes to the terminal; once it has ended, others may.
 */
final class LiveProgress implements RunProgress {
    private static final int REDRAW_MILLIS = 200;
    private static final long LONGEST_CLOSE_SECONDS = 2;

    private final ErrorTerminal terminal;
    private final RunBoard board;
    private final RunLines lines;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService screen = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "screen");
        thread.setDaemon(true);
        return thread;
    });

    /** What stands on the terminal, above the cursor. Used by the screen's thread alone. */
    private List<String> drawn = List.of();

    LiveProgress(ErrorTerminal terminal, RunBoard board) {
        this.terminal = terminal;
        this.board = board;
        this.lines = new RunLines(ErrorTerminal.wantsColours(), terminal.shows(RunLines.unicode()));
        var unused =
                screen.scheduleWithFixedDelay(() -> draw(false), REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void changed(ContainerJob job) {
        board.changed(job, now());
    }

    @Override
    public synchronized void stopping() {
        board.stopping();
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void draw(boolean last) {
        List<String> stay;
        List<String> next;
        var size = terminal.size();
        synchronized (this) {
            stay = board.takeEnded().stream()
                    .map(entry -> lines.ended(entry, board))
                    .toList();
            next = last ? RunLines.summary(board, now()) : lines.live(board, size, now());
        }
        if (!stay.isEmpty() || !next.equals(drawn)) {
            terminal.write(Redraw.of(drawn, stay, next, size.width()));
            drawn = next;
        }
    }

    @Override
    public void end() {
        if (screen.isShutdown()) {
            return;
        }
        screen.execute(() -> draw(true));
        screen.shutdown();
        try {
            var unused = screen.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.close();
    }
}
