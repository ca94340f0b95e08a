package dev.longshore.cli;

import dev.longshore.api.JobPhase;
import java.util.Locale;

/** How values of a status are printed. */
final class Words {
    private Words() {}

    static String of(JobPhase phase) {
        return phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
