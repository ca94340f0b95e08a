package dev.longshore.cron.times;

import com.cronutils.model.field.constraint.FieldConstraints;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.parser.FieldParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One of the five fields, as text and as a set of values. */
enum Field {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    DAY_OF_WEEK("day of week", 0, 6, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    /**
     * Checked first, since the library reads more than it should: it ignores a separator at the end, and what follows a second
     * slash. Numbers are short enough for an int.
     */
    private static final Pattern ITEM =
            Pattern.compile("(\\*|VALUE(-VALUE)?)(/0*[0-9]{1,9})?".replace("VALUE", "(0*[0-9]{1,9}|[A-Z]{3})"));

    /** The other number of Sunday. */
    private static final int SUNDAY = 7;

    private final String title;
    private final int min;
    private final int max;
    private final FieldParser parser;

    Field(String title, int min, int max, List<String> names) {
        this.title = title;
        this.min = min;
        this.max = max;
        var numbers =
                IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, each -> min + each));
        parser = new FieldParser(new FieldConstraints(numbers, Map.of(), Set.of(), min, max, true));
    }

    /**
     * What a field contains.
     *
     * @param bits one for each value; Sunday is 0
     * @param any whether it says any value ({@code *}), which is more than to list all: a day field that does leaves the day to
     *     the other one
     */
    record Values(long bits, boolean any) {}

    String title() {
        return title;
    }

    Values read(String text) {
        long bits = 0;
        var any = false;
        for (var item : text.split(",")) {
            // As Kubernetes reads it: 1,,2 and 1, are lists, too.
            if (!item.isEmpty()) {
                var expression = parse(item);
                bits |= bits(expression, item);
                any |= isAny(expression);
            }
        }
        if (bits == 0) {
            throw new InvalidScheduleException("%s %s has no value".formatted(title, Quote.of(text)));
        }
        return new Values(this == DAY_OF_WEEK ? sundayAsZero(bits) : bits, any);
    }

    private FieldExpression parse(String item) {
        var text = item.toUpperCase(Locale.ROOT).replace('?', '*');
        if (ITEM.matcher(text).matches()) {
            try {
                return parser.parse(text);
            } catch (IllegalArgumentException e) {
                // A name that this field does not have.
            }
        }
        throw new InvalidScheduleException(
                "%s %s is not valid: expected *, a number%s, a range (a-b) or a step (*/n, a-b/n)"
                        .formatted(title, Quote.of(item), names()));
    }

    private String names() {
        return switch (this) {
            case MONTH -> ", a name (JAN-DEC)";
            case DAY_OF_WEEK -> ", a name (SUN-SAT)";
            default -> "";
        };
    }

    private static boolean isAny(FieldExpression expression) {
        return expression instanceof Every every
                ? every.getExpression() instanceof Always && every.getPeriod().getValue() == 1
                : expression instanceof Always;
    }

    private long bits(FieldExpression expression, String item) {
        if (!(expression instanceof Every every)) {
            return bits(from(expression), to(expression), 1, item);
        }
        int step = every.getPeriod().getValue();
        if (step == 0) {
            throw new InvalidScheduleException("%s %s has the step 0".formatted(title, Quote.of(item)));
        }
        if (every.getExpression() instanceof On on) {
            // From there to the end of the field, of which 7 is no part.
            int from = from(on);
            return bits(this == DAY_OF_WEEK && from == SUNDAY ? 0 : from, max, step, item);
        }
        return bits(from(every.getExpression()), to(every.getExpression()), step, item);
    }

    private int from(FieldExpression expression) {
        if (expression instanceof Between between) {
            return (Integer) between.getFrom().getValue();
        }
        return expression instanceof On on ? on.getTime().getValue() : min;
    }

    private int to(FieldExpression expression) {
        if (expression instanceof Between between) {
            return (Integer) between.getTo().getValue();
        }
        return expression instanceof On on ? on.getTime().getValue() : max;
    }

    private long bits(int from, int to, int step, String item) {
        int highest = this == DAY_OF_WEEK ? SUNDAY : max;
        for (int value : new int[] {from, to}) {
            if (value < min || value > highest) {
                throw new InvalidScheduleException("%s %d is out of range %d-%d".formatted(title, value, min, highest));
            }
        }
        if (from > to) {
            throw new InvalidScheduleException("%s %s begins after its end".formatted(title, Quote.of(item)));
        }
        long bits = 0;
        for (long value = from; value <= to; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }

    private static long sundayAsZero(long bits) {
        return (bits | bits >> SUNDAY) & (1L << SUNDAY) - 1;
    }
}
