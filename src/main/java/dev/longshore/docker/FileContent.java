package dev.longshore.docker;

import java.util.Optional;

/**
 * The content of a file of a container.
 *
 * @param bytes null where it was not read
 * @param problem why not, in a few words; else null
 */
public record FileContent(byte[] bytes, String problem) {
    public static final FileContent ABSENT = withheld("no such file");

    public static FileContent withheld(String why) {
        return new FileContent(null, why);
    }

    public static FileContent tooLarge(int mostBytes) {
        return withheld("too large: limit is " + mostBytes + " bytes");
    }

    public Optional<byte[]> found() {
        return Optional.ofNullable(bytes);
    }

    @Override
    public String toString() {
        return "FileContent[" + (bytes == null ? problem : bytes.length + " bytes") + "]";
    }
}
