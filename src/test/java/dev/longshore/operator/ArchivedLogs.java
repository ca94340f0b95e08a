package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** The logs in an archive that is a folder. */
record ArchivedLogs(Path folder) {
    Path of(ContainerJob job, int attempt) {
        var metadata = job.getMetadata();
        return folder.resolve(metadata.getNamespace())
                .resolve(metadata.getName())
                .resolve(metadata.getUid())
                .resolve(attempt + ".log.gz");
    }

    boolean has(ContainerJob job, int attempt) {
        return Files.exists(of(job, attempt));
    }

    String text(ContainerJob job, int attempt) {
        try (var text = new GZIPInputStream(Files.newInputStream(of(job, attempt)))) {
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a stream printed. */
    String printed(ContainerJob job, int attempt, String stream) {
        return printed(text(job, attempt), stream);
    }

    /** The same, of the text of an archived log. */
    static String printed(String text, String stream) {
        return Arrays.stream(text.split("\n"))
                .map(line -> line.split(" ", 4))
                .filter(parts -> parts[1].equals(stream))
                .map(parts -> parts[3] + (parts[2].equals("F") ? "\n" : ""))
                .collect(Collectors.joining());
    }
}
