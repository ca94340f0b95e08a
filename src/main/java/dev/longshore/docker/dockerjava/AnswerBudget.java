package dev.longshore.docker.dockerjava;

import dev.longshore.docker.AnswerTooLongException;
import dev.longshore.docker.ContainerSnapshot;

/** How much of a daemon's answer is kept in memory. For one answer, and one thread. */
final class AnswerBudget {
    /** What an entry of a map or list takes beside its text. */
    private static final int ENTRY_BYTES = 64;

    private final String what;
    private final long limit;
    private long left;

    /** @param what is read, for the message */
    AnswerBudget(String what, long limit) {
        this.what = what;
        this.limit = limit;
        this.left = limit;
    }

    /** As the JVM keeps it: one byte a character, or two where one of them needs that. */
    private static long bytes(String text) {
        if (text == null) {
            return 0;
        }
        return text.chars().allMatch(character -> character <= 0xff) ? text.length() : 2L * text.length();
    }

    /** Takes what an entry of a list needs. */
    void spend(ContainerSnapshot container) throws AnswerTooLongException {
        spend(container.id());
        spend(container.name());
        spend(container.imageId());
        spend(container.error());
        for (var value : container.labels().values()) {
            spend(value);
        }
    }

    /** Takes what a piece of text needs. */
    void spend(String text) throws AnswerTooLongException {
        left -= ENTRY_BYTES + bytes(text);
        if (left < 0) {
            throw new AnswerTooLongException(what, limit);
        }
    }
}
