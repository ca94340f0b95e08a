package dev.longshore.cron.times;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random schedule, and the rule for clock changes as the contract words it: is it due at this minute? */
record MinuteByMinute(
        RandomField minute,
        RandomField hour,
        RandomField dayOfMonth,
        RandomField month,
        RandomField dayOfWeek,
        ZoneRules rules) {
    static MinuteByMinute of(Random random, ZoneRules rules) {
        return new MinuteByMinute(
                RandomField.of(random, 0, 59, 0.1),
                RandomField.of(random, 0, 23, 0.3),
                RandomField.of(random, 1, 31, 0.6),
                RandomField.of(random, 1, 12, 0.9),
                RandomField.of(random, 0, 6, 0.6),
                rules);
    }

    String text() {
        return String.join(" ", minute.text(), hour.text(), dayOfMonth.text(), month.text(), dayOfWeek.text());
    }

    /** All in (after, until]. */
    List<Instant> due(Instant after, Instant until) {
        var due = new ArrayList<Instant>();
        for (var at = after.truncatedTo(ChronoUnit.MINUTES); !at.isAfter(until); at = at.plusSeconds(60)) {
            if (at.isAfter(after) && isDue(at)) {
                due.add(at);
            }
        }
        return due;
    }

    private boolean isDue(Instant at) {
        var offset = rules.getOffset(at);
        var local = LocalDateTime.ofInstant(at, offset);
        if (hour.hasSteps()) {
            return matches(local);
        }
        return matches(local) && !isSecondPass(local, offset) || isEndOfGapWithTimes(at);
    }

    private boolean isSecondPass(LocalDateTime local, ZoneOffset offset) {
        var offsets = rules.getValidOffsets(local);
        return offsets.size() == 2 && offset.equals(offsets.get(1));
    }

    private boolean isEndOfGapWithTimes(Instant at) {
        if (rules.getOffset(at.minusSeconds(1)).equals(rules.getOffset(at))) {
            return false;
        }
        var change = rules.nextTransition(at.minusSeconds(1));
        for (var skipped = change.getDateTimeBefore();
                change.isGap() && skipped.isBefore(change.getDateTimeAfter());
                skipped = skipped.plusMinutes(1)) {
            if (matches(skipped)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(LocalDateTime local) {
        return minute.values().get(local.getMinute())
                && hour.values().get(local.getHour())
                && month.values().get(local.getMonthValue())
                && matchesDay(local);
    }

    private boolean matchesDay(LocalDateTime local) {
        var byMonth = dayOfMonth.values().get(local.getDayOfMonth());
        var byWeek = dayOfWeek.values().get(local.getDayOfWeek().getValue() % 7);
        return dayOfMonth.any() || dayOfWeek.any() ? byMonth && byWeek : byMonth || byWeek;
    }
}
