package dev.longshore.cron.times;

/** The times of a schedule on each of its days, in minutes since midnight. Neither set is empty. */
record TimesOfDay(long minutes, int hours) {
    static final int HOUR = 60;

    int first() {
        return Integer.numberOfTrailingZeros(hours) * HOUR + firstMinute();
    }

    int last() {
        return (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(hours)) * HOUR + lastMinute();
    }

    /** The first at or after {@code minute}; -1 where the day has none. */
    int first(int minute) {
        int hour = minute / HOUR;
        long inThisHour = (hours >> hour & 1) != 0 ? minutes & -1L << minute % HOUR : 0;
        if (inThisHour != 0) {
            return hour * HOUR + Long.numberOfTrailingZeros(inThisHour);
        }
        int later = hours & -1 << hour + 1;
        return later != 0 ? Integer.numberOfTrailingZeros(later) * HOUR + firstMinute() : -1;
    }

    /** The longest distance between two that follow each other; 0 where there is only one. */
    int longestGap() {
        int longest = 0;
        for (int time = first(), next; time < last(); time = next) {
            next = first(time + 1);
            longest = Math.max(longest, next - time);
        }
        return longest;
    }

    private int firstMinute() {
        return Long.numberOfTrailingZeros(minutes);
    }

    private int lastMinute() {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(minutes);
    }
}
