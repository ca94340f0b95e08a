package dev.longshore.host;

/** Why a host cannot be connected to as it is written. */
public final class HostProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason of the host's Ready condition */
    HostProblem(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
