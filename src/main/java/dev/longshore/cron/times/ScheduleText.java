package dev.longshore.cron.times;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A schedule as text, read as robfig/cron's {@code ParseStandard} does, which Kubernetes uses, without what CronJobs may not
 * have.
 *
 * <p>cron-utils reads the fields. Its execution times are not used: it skips what a clock skips, takes milliseconds for a search,
 * and has looped forever at clock changes and for dates that never come. Nor is its validation, which refuses
 * {@code *}{@code /60} and does not name the field.
 */
final class ScheduleText {
    private static final int LONGEST = 256;
    /** All that Unicode calls white space. */
    private static final Pattern SPACE = Pattern.compile("(?U)\\s+");

    private static final Pattern ZONE = Pattern.compile("(CRON_)?TZ=");
    private static final Pattern STEPS = Pattern.compile("[*?/]");
    private static final Pattern MACRO = Pattern.compile("@\\S*");
    private static final List<String> NUMBERS = List.of("no", "one", "two", "three", "four", "five", "six", "seven");
    private static final String FIELDS =
            Arrays.stream(Field.values()).map(Field::title).collect(Collectors.joining(", ", "expected five (", ")"));

    private static final Map<String, String> MACROS = macros();

    private ScheduleText() {}

    static LocalTimes read(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidScheduleException("%s is longer than %d characters".formatted(Quote.of(text), LONGEST));
        }
        var schedule = SPACE.matcher(text).replaceAll(" ").strip();
        var zone = ZONE.matcher(schedule);
        if (zone.lookingAt()) {
            throw new InvalidScheduleException(zone.group() + " is not supported: set spec.timeZone");
        }
        if (schedule.startsWith("@")) {
            // As it is written, as Kubernetes takes it.
            return fields(macro(text));
        }
        return fields(schedule);
    }

    private static String macro(String text) {
        var fields = MACROS.get(text);
        if (fields != null) {
            return fields;
        }
        var macro = MACRO.matcher(text);
        if (macro.lookingAt()
                && (macro.group().equals("@every") || macro.group().equals("@reboot"))) {
            throw new InvalidScheduleException(
                    macro.group() + " is not supported: use the five fields of cron, such as */30 * * * *");
        }
        throw new InvalidScheduleException(
                "unknown macro %s: expected one of %s".formatted(Quote.of(text), String.join(", ", MACROS.keySet())));
    }

    private static LocalTimes fields(String schedule) {
        var texts = schedule.isEmpty() ? new String[0] : schedule.split(" ");
        var fields = Field.values();
        if (texts.length != fields.length) {
            var count = texts.length < NUMBERS.size() ? NUMBERS.get(texts.length) : String.valueOf(texts.length);
            throw new InvalidScheduleException("%s field%s: %s".formatted(count, texts.length == 1 ? "" : "s", FIELDS));
        }
        var values = new EnumMap<Field, Field.Values>(Field.class);
        for (var field : fields) {
            values.put(field, field.read(texts[field.ordinal()]));
        }
        var days = Days.of(values.get(Field.DAY_OF_MONTH), values.get(Field.MONTH), values.get(Field.DAY_OF_WEEK));
        days.whyNever().ifPresent(reason -> {
            throw new InvalidScheduleException("%s never comes: %s".formatted(Quote.of(schedule), reason));
        });
        var times = new TimesOfDay(
                values.get(Field.MINUTE).bits(), (int) values.get(Field.HOUR).bits());
        return new LocalTimes(
                days, times, !STEPS.matcher(texts[Field.HOUR.ordinal()]).find());
    }

    private static Map<String, String> macros() {
        var macros = new LinkedHashMap<String, String>();
        macros.put("@hourly", "0 * * * *");
        macros.put("@daily", "0 0 * * *");
        macros.put("@midnight", "0 0 * * *");
        macros.put("@weekly", "0 0 * * 0");
        macros.put("@monthly", "0 0 1 * *");
        macros.put("@yearly", "0 0 1 1 *");
        macros.put("@annually", "0 0 1 1 *");
        return macros;
    }
}
