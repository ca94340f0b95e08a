package dev.longshore.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However long and many the secrets are, and however a log is cut into pieces. Work is counted, not timed. */
class MaskingTest {
    private static final int JOBS = 8;
    private static final int PRINTED = 64 << 10;

    private final StringBuilder out = new StringBuilder();
    private final Masking.Sink sink = new Masking.Sink() {
        @Override
        public void put(byte each) {
            out.append((char) (each & 0xff));
        }

        @Override
        public void mask() {
            out.append("***");
        }
    };

    @Test
    void aValueIsFoundWhereverPiecesFall() {
        var redactor = Redactor.of(List.of("hunter2", "hunt", "er2!x"));
        var text = "a hunter2! hunt hunter2!x hunte";
        for (var cut = 0; cut <= text.length(); cut++) {
            out.setLength(0);
            var masking = redactor.masking(sink);
            masking.append(text.substring(0, cut).getBytes(UTF_8));
            masking.append(text.substring(cut).getBytes(UTF_8));
            masking.finish();
            assertThat(out).hasToString("a ***! *** *** ***e");
        }
    }

    @Test
    void itMasksExactlyWhatBelongsToAnOccurrence() {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++) {
            var values = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> letters(random, 4 + random.nextInt(8)))
                    .toList();
            var text = letters(random, random.nextInt(60));
            var redactor = Redactor.of(values);
            assertThat(masked(redactor, text)).as("%s in %s", values, text).isEqualTo(slowly(values, text));
            assertThat(redactor.redact(text))
                    .as("%s in the message %s", values, text)
                    .isEqualTo(slowly(values, text));
        }
    }

    private String masked(Redactor redactor, String text) {
        out.setLength(0);
        var masking = redactor.masking(sink);
        masking.append(text.getBytes(UTF_8));
        masking.finish();
        return out.toString();
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'c')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, (a, b) -> {})
                .toString();
    }

    private static String slowly(List<String> values, String text) {
        // By byte: 0 is shown, 1 belongs to the occurrence that the one before belongs to, 2 begins a mask.
        var marks = new int[text.length()];
        var ends = 0;
        for (var start = 0; start < text.length(); start++) {
            var from = start;
            var longest = values.stream()
                    .filter(value -> text.startsWith(value, from))
                    .mapToInt(String::length)
                    .max();
            if (longest.isPresent()) {
                marks[start] = start < ends ? 1 : 2;
                ends = Math.max(ends, start + longest.getAsInt());
                for (var i = start + 1; i < ends; i++) {
                    marks[i] = 1;
                }
            }
        }
        var masked = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            masked.append(marks[i] == 0 ? text.substring(i, i + 1) : marks[i] == 2 ? "***" : "");
        }
        return masked.toString();
    }

    @Test
    void aSecretOf60000LinesCostsWorkLinearInTheLogsAndMemoryLinearInTheSecret() {
        var secret = new StringBuilder();
        for (var line = 0; line < 60_000; line++) {
            secret.append("line-").append(Integer.toString(line, 36)).append("-0123456\n");
        }
        var redactor = Redactor.of(List.of(secret.toString()));
        assertThat(redactor.bytes()).isLessThanOrEqualTo(16L * secret.length());
        var printed = secret.substring(0, PRINTED).getBytes(UTF_8);
        long moves = 0;
        for (var job = 0; job < JOBS; job++) {
            out.setLength(0);
            var masking = redactor.masking(sink);
            masking.append(printed);
            masking.finish();
            assertThat(out).doesNotContain("0123456").startsWith("***\n***\n");
            moves += masking.moves();
        }
        assertThat(moves).isLessThanOrEqualTo(2L * JOBS * PRINTED);
    }

    @Test
    void neitherDoLinesThatAreAlmostPrintedCostMore() {
        var lines = new ArrayList<String>();
        for (var length = 4; length < 1000; length++) {
            lines.add("a".repeat(length) + "b");
        }
        var redactor = Redactor.of(List.of(String.join("\n", lines)));
        var masking = redactor.masking(sink);
        masking.append("a".repeat(PRINTED).getBytes(ISO_8859_1));
        masking.finish();
        assertThat(out).hasSize(PRINTED);
        assertThat(masking.moves()).isLessThanOrEqualTo(2L * PRINTED);
    }

    @Test
    void oneLongLineBesideManyShortOnesTakesNoMoreMemory() {
        var lines = new ArrayList<String>();
        lines.add("x".repeat(400_000));
        for (var line = 0; line < 60_000; line++) {
            lines.add(Integer.toString(36 * 36 * 36 + line, 36));
        }
        var secret = String.join("\n", lines);
        var redactor = Redactor.of(List.of(secret));
        assertThat(redactor.bytes()).isLessThanOrEqualTo(16L * secret.length());
        assertThat(masked(redactor, "x".repeat(399_999))).hasSize(399_999);
        assertThat(masked(redactor, "x".repeat(400_001))).isEqualTo("***");
    }
}
