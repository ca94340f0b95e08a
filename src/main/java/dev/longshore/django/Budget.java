package dev.longshore.django;

/** How much of a dump is kept in memory: its configuration, and of all the rest one object at a time. */
final class Budget {
    /** Characters as they are written. */
    static final int LONGEST_STRING = 1 << 20;

    private static final int MOST_MEGABYTES = 12;
    private static final int PER_VALUE = 64;

    private long kept;
    private long current;

    /** @throws ExceededException if that is too much */
    void spend(long characters) {
        current += PER_VALUE + characters;
        if (kept + current > (long) MOST_MEGABYTES << 20) {
            throw new ExceededException("more than " + MOST_MEGABYTES
                    + " MiB of hosts, templates, variables and jobs to carry over: split it by dumpdata --pks");
        }
    }

    /** What was spent last stays. */
    void keep() {
        kept += current;
        current = 0;
    }

    void release() {
        current = 0;
    }

    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExceededException(String message) {
            super(message, null, false, false);
        }
    }
}
