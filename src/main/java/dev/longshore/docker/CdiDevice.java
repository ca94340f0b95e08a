package dev.longshore.docker;

import java.util.regex.Pattern;

/** Devices of the Container Device Interface (CDI), by their fully qualified names. */
public final class CdiDevice {
    /** As the CDI specification has it. Every text is read in time linear in its length. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
            + "/[A-Za-z](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
            + "=[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?");

    private CdiDevice() {}

    /** Whether a device ID is such a name, {@code vendor.com/class=name}. */
    public static boolean isName(String id) {
        return NAME.matcher(id).matches();
    }
}
