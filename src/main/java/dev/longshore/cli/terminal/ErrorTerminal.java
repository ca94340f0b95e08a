package dev.longshore.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** The terminal that standard error goes to. */
public final class ErrorTerminal implements AutoCloseable {
    /** In characters. */
    public record Size(int width, int height) {}

    private static final Size USUAL = new Size(80, 24);
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})\\s*");
    private static final long ANSWER_SECONDS = 2;

    private final Charset charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.err);
    private final AtomicReference<Size> size;
    private final Signals resized = new Signals("WINCH", signal -> sizeChanged());

    private ErrorTerminal(Size size) {
        this.size = new AtomicReference<>(size);
    }

    /** Nothing where it is a file or a pipe, or a terminal that can only print. */
    public static Optional<ErrorTerminal> find() {
        var kind = System.getenv("TERM");
        return kind == null || kind.isBlank() || kind.equals("dumb")
                ? Optional.empty()
                : sttySize().map(ErrorTerminal::new);
    }

    /**
     * Asks the shell, for Java cannot tell whether standard error alone is a terminal, nor how large one is. A terminal
     * that does not know its size says 0.
     */
    private static Optional<Size> sttySize() {
        try {
            var shell = new ProcessBuilder("sh", "-c", "test -t 2 && stty size <&2 2>/dev/null")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!shell.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
                return Optional.empty();
            }
            var answer = ROWS_AND_COLUMNS.matcher(
                    new String(shell.getInputStream().readAllBytes(), Charset.defaultCharset()));
            return answer.matches()
                    ? Optional.of(
                            new Size(number(answer.group(2), USUAL.width()), number(answer.group(1), USUAL.height())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static int number(String digits, int usual) {
        var number = Integer.parseInt(digits);
        return number == 0 ? usual : number;
    }

    private void sizeChanged() {
        sttySize().ifPresent(size::set);
    }

    public Size size() {
        return size.get();
    }

    /** Whether it can show more than ASCII. */
    public boolean shows(String text) {
        return charset.newEncoder().canEncode(text);
    }

    /** Whether the person wants colours: see no-color.org. */
    public static boolean wantsColours() {
        var refused = System.getenv("NO_COLOR");
        return refused == null || refused.isEmpty();
    }

    /** In one piece, so that nothing half drawn is seen. */
    public void write(String text) {
        try {
            out.write(text.getBytes(charset));
        } catch (IOException e) {
            // It was closed, and nobody looks any more.
            return;
        }
    }

    @Override
    public void close() {
        resized.close();
    }
}
