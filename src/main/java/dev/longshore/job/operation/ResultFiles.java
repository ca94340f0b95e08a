package dev.longshore.job.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.JobResultValue;
import dev.longshore.api.ResultFile;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.FileContent;
import dev.longshore.docker.Masking;
import dev.longshore.docker.Redactor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The files of a container that has ended whose content becomes the job's results. A few small ones, read one by one. */
record ResultFiles(List<ResultFile> wanted) {
    private static final int MOST_BYTES = 4096;
    private static final String UNREADABLE = "failed to read: ";

    /**
     * @param isFinal whether what the daemon refuses now is its last word, for that file: a daemon that is shutting down
     *     refuses, too
     */
    List<JobResultValue> read(DockerEngine docker, String container, Redactor redactor, BooleanSupplier isFinal) {
        return wanted.stream()
                .map(file -> value(file.name(), content(docker, container, file.path(), redactor, isFinal), redactor))
                .toList();
    }

    private static FileContent content(
            DockerEngine docker, String container, String path, Redactor redactor, BooleanSupplier isFinal) {
        try {
            return docker.file(container, path, MOST_BYTES);
        } catch (DockerRefusedException e) {
            // One that is being removed has no files, and is gone a moment later.
            if (e.isNotFound() || e.isConflict() || !isFinal.getAsBoolean()) {
                throw e;
            }
            return FileContent.withheld(UNREADABLE + redactor.redact(e.getMessage()));
        }
    }

    private static JobResultValue value(String name, FileContent content, Redactor redactor) {
        return content.found()
                .map(bytes -> isText(bytes)
                        ? new JobResultValue(name, masked(bytes, redactor), null)
                        : new JobResultValue(name, null, "not UTF-8"))
                .orElseGet(() -> new JobResultValue(name, null, content.problem()));
    }

    private static boolean isText(byte[] bytes) {
        try {
            var unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String masked(byte[] bytes, Redactor redactor) {
        var text = new ByteArrayOutputStream(bytes.length);
        var masking = redactor.masking(new Masking.Sink() {
            @Override
            public void put(byte each) {
                text.write(each);
            }

            @Override
            public void mask() {
                text.writeBytes(Redactor.MASK.getBytes(UTF_8));
            }
        });
        masking.append(bytes);
        masking.finish();
        return text.toString(UTF_8);
    }

    /** All of them without a value. */
    List<JobResultValue> withheld(String why) {
        return wanted.stream()
                .map(file -> new JobResultValue(file.name(), null, why))
                .toList();
    }

    List<JobResultValue> unreadable(String why) {
        return withheld(UNREADABLE + why);
    }
}
