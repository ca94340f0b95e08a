package dev.longshore.api;

/** Regular expressions of the five fields of a schedule, as far as a rule can say what is right; RE2, as in CEL. */
final class CronFields {
    private static final String SPACE = "\\s+";
    private static final String MINUTE = "(0*[0-5]?[0-9])";
    private static final String HOUR = "(0*([01]?[0-9]|2[0-3]))";
    private static final String DAY_OF_MONTH = "(0*([1-9]|[12][0-9]|3[01]))";
    private static final String MONTH = "(0*([1-9]|1[0-2])|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))";
    private static final String DAY_OF_WEEK = "(0*[0-7]|(?i:sun|mon|tue|wed|thu|fri|sat))";

    /** Everything, a value or a range, each with a step if need be. */
    private static final String BEFORE_RANGE = "([*?]|";

    private static final String RANGE_TO = "(-";
    private static final String AFTER_RANGE = ")?)(/0*[1-9][0-9]*)?";

    private static final String OF_MINUTE = BEFORE_RANGE + MINUTE + RANGE_TO + MINUTE + AFTER_RANGE;
    private static final String OF_HOUR = BEFORE_RANGE + HOUR + RANGE_TO + HOUR + AFTER_RANGE;
    private static final String OF_DAY_OF_MONTH = BEFORE_RANGE + DAY_OF_MONTH + RANGE_TO + DAY_OF_MONTH + AFTER_RANGE;
    private static final String OF_MONTH = BEFORE_RANGE + MONTH + RANGE_TO + MONTH + AFTER_RANGE;
    private static final String OF_DAY_OF_WEEK = BEFORE_RANGE + DAY_OF_WEEK + RANGE_TO + DAY_OF_WEEK + AFTER_RANGE;

    private static final String FIVE = "self.schedule.matches(r'^\\s*\\S+(\\s+\\S+){4}\\s*$')";

    /** It is a macro, or the rule against time zones says what is wrong. */
    private static final String OTHER = "self.schedule.startsWith('@') || self.schedule.contains('TZ=') || ";

    static final String NO_TIME_ZONE = "!self.schedule.contains('TZ=')";

    static final String KNOWN_MACRO = "!self.schedule.startsWith('@') || self.schedule in"
            + " ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually']";

    static final String FIVE_FIELDS = OTHER + FIVE;

    static final String VALUES = OTHER + "!" + FIVE + " || self.schedule.matches(r'^\\s*"
            + OF_MINUTE + "(," + OF_MINUTE + ")*" + SPACE
            + OF_HOUR + "(," + OF_HOUR + ")*" + SPACE
            + OF_DAY_OF_MONTH + "(," + OF_DAY_OF_MONTH + ")*" + SPACE
            + OF_MONTH + "(," + OF_MONTH + ")*" + SPACE
            + OF_DAY_OF_WEEK + "(," + OF_DAY_OF_WEEK + ")*\\s*$')";

    private CronFields() {}
}
