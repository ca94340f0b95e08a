package dev.longshore.docker;

import java.io.IOException;

/** A daemon sent more than any daemon has to say. Thrown while it is read, so that it is never held in memory. */
public final class AnswerTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what such as {@code response} */
    public AnswerTooLongException(String what, long limit) {
        super(what + " exceeds the limit of " + limit + " bytes");
    }
}
