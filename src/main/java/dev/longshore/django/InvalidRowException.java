package dev.longshore.django;

/** An object of the dump cannot be carried over. The message names the field and holds no value of it. */
final class InvalidRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidRowException(String message) {
        super(message, null, false, false);
    }
}
