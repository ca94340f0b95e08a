package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.access.LogArchives;
import java.io.IOException;
import java.util.Arrays;

/** A process that uploads. */
final class LargeUpload {
    private static final int BLOCK = 64 << 10;

    private LargeUpload() {}

    /**
     * Uploads so many bytes.
     *
     * @param args the archive, its endpoint, the path of the key, and the number of bytes
     */
    public static void main(String[] args) throws IOException {
        var block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'x');
        try (var archive = LogArchives.open(ArchiveOptions.of(args[0], args[1], null));
                var upload = archive.upload(ArchiveKey.parse(args[2]).orElseThrow())) {
            for (var left = Long.parseLong(args[3]); left > 0; left -= BLOCK) {
                upload.stream().write(block, 0, (int) Math.min(BLOCK, left));
            }
            upload.commit();
        }
    }
}
