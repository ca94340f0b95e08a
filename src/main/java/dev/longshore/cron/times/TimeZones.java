package dev.longshore.cron.times;

import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** The zones of the IANA database, as Java has it. */
final class TimeZones {
    /** No name in the database is longer. */
    private static final int LONGEST = 64;

    /** Names of the database that Java has from version 23 on, then as links to these. */
    private static final Map<String, String> LINKS =
            Map.of("EST", "America/Panama", "MST", "America/Phoenix", "HST", "Pacific/Honolulu");

    /** Zones that Java had added. */
    private static final String OF_JAVA = "SystemV/";

    private TimeZones() {}

    /** Not by ZoneId, which also reads offsets. */
    static ZoneRules rules(String name) {
        if (name.length() <= LONGEST && !name.startsWith(OF_JAVA)) {
            try {
                return ZoneRulesProvider.getRules(LINKS.getOrDefault(name, name), false);
            } catch (ZoneRulesException e) {
                // Unknown.
            }
        }
        throw new UnknownTimeZoneException("unknown time zone %s: %s".formatted(Quote.of(name), suggestion(name)));
    }

    /** The same name in other letters, or the zone of the city of that name. */
    private static String suggestion(String name) {
        var written = "/" + name.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        return ZoneRulesProvider.getAvailableZoneIds().stream()
                .filter(zone -> ("/" + zone.toLowerCase(Locale.ROOT)).endsWith(written))
                .filter(zone -> !zone.startsWith(OF_JAVA))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .map(zone -> "did you mean " + zone + "?")
                .orElse("expected a name of the IANA database such as Europe/Berlin or Etc/UTC");
    }
}
