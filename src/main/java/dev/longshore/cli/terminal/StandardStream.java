package dev.longshore.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** stdout or stderr, which remembers what went wrong: a {@code PrintWriter} above it does not tell. */
public final class StandardStream extends OutputStream {
    private final FileOutputStream stream;
    private String problem;

    public StandardStream(FileDescriptor descriptor) {
        stream = new FileOutputStream(descriptor);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            if (!hasNoReader(e)) {
                problem = problem(e);
            }
            throw e;
        }
    }

    /** Why not all was written; empty also where the one who read has gone, such as {@code head}, who has what he wanted. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    public static boolean hasNoReader(IOException problem) {
        return "Broken pipe".equals(problem.getMessage()) || isPipe();
    }

    /** For that message may be in any language. */
    private static boolean isPipe() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().matches("(pipe|socket):.*");
        } catch (IOException e) {
            return false;
        }
    }

    public static String problem(IOException problem) {
        return "failed to write the output: " + problem.getMessage();
    }
}
