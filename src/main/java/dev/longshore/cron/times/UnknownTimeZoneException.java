package dev.longshore.cron.times;

/** A time zone that the IANA database does not have. The message is one line; it may be shown to users as it is. */
public final class UnknownTimeZoneException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownTimeZoneException(String message) {
        super(message);
    }
}
