package dev.longshore.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text of a container's making, on its way to someone's terminal. */
public final class Terminal {
    private Terminal() {}

    /** @param descriptor 1 for stdout, 2 for stderr: a Console says nothing of the one alone */
    public static boolean isTerminal(int descriptor) {
        try {
            var link = Path.of("/proc/self/fd/" + descriptor);
            return Files.isSymbolicLink(link)
                    ? Files.readSymbolicLink(link).toString().matches("/dev/(pts/|tty|console).*")
                    : new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                                    .inheritIO()
                                    .start()
                                    .onExit()
                                    .join()
                                    .exitValue()
                            == 0;
        } catch (IOException e) {
            // Unknown: a terminal is what could come to harm.
            return true;
        }
    }

    /** Without what could do more than be read. */
    public static String clean(String text) {
        return new TerminalCleaner().clean(text).stripTrailing();
    }

    /** The same, on one line. */
    public static String line(String text) {
        return clean(text).replaceAll("(?<!\\s)\\s*[\n\t]\\s*", " ");
    }
}
