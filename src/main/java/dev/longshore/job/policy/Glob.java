package dev.longshore.job.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * A pattern in which {@code *} stands for anything within a path segment and {@code **} for anything. All places of the
 * pattern at which a text may be are followed at once, one bit each: the work is the same for any pattern of a length,
 * while a regular expression would try one after the other, for as long as the universe lasts.
 */
final class Glob {
    private static final int BITS = Long.SIZE;

    /** By character: which places of the pattern are that character. Place n is before the nth part, the last at its end. */
    private final Map<Character, long[]> literals = new HashMap<>();

    private final long[] starsWithinSegment;
    private final long[] stars;
    private final int places;

    Glob(String glob) {
        starsWithinSegment = new long[glob.length() / BITS + 1];
        stars = new long[glob.length() / BITS + 1];
        var position = 0;
        for (var i = 0; i < glob.length(); ) {
            var end = i;
            while (end < glob.length() && glob.charAt(end) == '*') {
                end++;
            }
            if (end == i) {
                set(literals.computeIfAbsent(glob.charAt(i), each -> new long[stars.length]), position);
                end++;
            } else {
                // However many there are, so that no two are side by side.
                set(stars, position);
                if (end - i == 1) {
                    set(starsWithinSegment, position);
                }
            }
            position++;
            i = end;
        }
        places = position;
    }

    boolean matches(String text) {
        var at = new long[stars.length];
        set(at, 0);
        passStars(at);
        for (var i = 0; i < text.length(); i++) {
            step(at, text.charAt(i));
        }
        return (at[places / BITS] & 1L << places) != 0;
    }

    private void step(long[] at, char next) {
        var literal = literals.get(next);
        var carry = 0L;
        for (var index = 0; index < at.length; index++) {
            var moving = literal == null ? 0 : at[index] & literal[index];
            var staying = at[index] & stars[index] & (next == '/' ? ~starsWithinSegment[index] : ~0L);
            at[index] = moving << 1 | carry | staying;
            carry = moving >>> BITS - 1;
        }
        passStars(at);
    }

    /** A star may stand for nothing. */
    private void passStars(long[] at) {
        var carry = 0L;
        for (var index = 0; index < at.length; index++) {
            var passing = at[index] & stars[index];
            at[index] |= passing << 1 | carry;
            // What is carried is before no star, for no two stars are side by side.
            carry = passing >>> BITS - 1;
        }
    }

    private static void set(long[] bits, int position) {
        bits[position / BITS] |= 1L << position;
    }
}
