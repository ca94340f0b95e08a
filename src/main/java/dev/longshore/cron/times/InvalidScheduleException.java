package dev.longshore.cron.times;

/** A schedule that is not one. The message is one line in the words of the field; it may be shown to users as it is. */
public final class InvalidScheduleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidScheduleException(String message) {
        super(message);
    }
}
