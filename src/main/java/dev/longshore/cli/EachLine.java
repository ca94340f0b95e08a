package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code submit --each}.
 *
 * @param number counted from 1, blank lines among them
 */
record EachLine(int number, String text) {
    static final String PLACEHOLDER = "{}";

    private static final int MOST_BYTES = 16 << 20;

    /**
     * The lines that are not blank.
     *
     * @param file or - for standard input
     * @throws IllegalArgumentException if there are none, or it cannot be read
     */
    static List<EachLine> read(String file) {
        var lines = parse(file, content(file));
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("--each " + file + ": has no lines; no job was created");
        }
        return lines;
    }

    /** {@code written} with this line at each placeholder. */
    String in(String written) {
        return written.replace(PLACEHOLDER, text);
    }

    static List<EachLine> parse(String file, byte[] content) {
        if (content.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "--each " + file + ": larger than " + (MOST_BYTES >> 20) + " MiB: split it");
        }
        try {
            var lines = new ArrayList<EachLine>();
            var number = 0;
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            for (var line : text.split("\r?\n", -1)) {
                number++;
                if (!line.isBlank()) {
                    lines.add(new EachLine(number, line));
                }
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("--each " + file + ": is not UTF-8 text", e);
        }
    }

    private static byte[] content(String file) {
        try (var stream = file.equals("-") ? System.in : open(file)) {
            return stream.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--each " + file + ": no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--each " + file + ": failed to read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(String file) throws IOException {
        return Files.newInputStream(Path.of(file));
    }
}
