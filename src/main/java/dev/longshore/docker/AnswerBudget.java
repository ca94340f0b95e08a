package dev.longshore.docker;

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

    /** Takes what a piece of text needs. */
    void spend(String text) throws AnswerTooLongException {
        left -= ENTRY_BYTES + (text == null ? 0 : text.length());
        if (left < 0) {
            throw new AnswerTooLongException(what, limit);
        }
    }
}
