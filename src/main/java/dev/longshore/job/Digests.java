package dev.longshore.job;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over several parts, each with its length, so that no two lists of parts have the same. */
public final class Digests {
    private final MessageDigest digest;

    public Digests() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }

    public Digests add(byte[] part) {
        for (var shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (part.length >>> shift));
        }
        digest.update(part);
        return this;
    }

    /** In hexadecimal digits; of no use any more then. */
    public String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
