package dev.longshore.job.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "a, a, true",
        "a, ab, false",
        "*, '', true",
        "*, a/b, false",
        "**, a/b, true",
        "a*, a, true",
        "a*b, axxb, true",
        "a*b, ax/b, false",
        "a**b, ax/b, true",
        "a***b, ax/b, true",
        "*/*, a/b, true",
        "a.b, axb, false",
        "'[a]', a, false",
    })
    void matchesAsDocumented(String glob, String text, boolean matches) {
        assertThat(new Glob(glob).matches(text)).isEqualTo(matches);
    }

    @Test
    void meansTheSameAsARegularExpression() {
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++) {
            var glob = letters(random, "ab/**", random.nextInt(round % 100 == 0 ? 200 : 8));
            var text = letters(random, "ab/", random.nextInt(9));
            var regex = glob.replaceAll("[*]{2,}", "%").replace("*", "[^/]*").replace("%", ".*");
            assertThat(new Glob(glob).matches(text)).as("%s %s", glob, text).isEqualTo(Pattern.matches(regex, text));
        }
    }

    private static String letters(Random random, String of, int length) {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }

    @Test
    @Timeout(10)
    void takesNoLongerForAPatternThatMatchesInManyWays() {
        assertThat(new Glob("**a".repeat(340) + "b").matches("a".repeat(1024))).isFalse();
        assertThat(new Glob("*a".repeat(500)).matches("a".repeat(1024))).isTrue();
    }
}
