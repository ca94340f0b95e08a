package dev.longshore.archive;

import java.io.Closeable;
import java.io.OutputStream;

/** An object that is being written. For one thread. */
public interface ArchiveUpload extends Closeable {
    /**
     * For the bytes of the object. Writing may throw {@link ArchiveException}, after which the upload can only be closed.
     * Closing or flushing the stream does not commit it.
     */
    OutputStream stream();

    /**
     * Stores the object under its key, in place of an earlier one. To be called once, at the end.
     *
     * @return its bytes, once the store has confirmed that it has them
     * @throws ArchiveException if that is not certain
     */
    long commit();

    /** Without a {@link #commit()}: removes what was written so far, as far as possible. Throws nothing. */
    @Override
    void close();
}
