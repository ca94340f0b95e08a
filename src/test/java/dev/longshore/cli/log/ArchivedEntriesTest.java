package dev.longshore.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.LogQuery;
import dev.longshore.docker.log.ArchivedLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivedEntriesTest {
    private static final String LOG = """
            2026-01-01T00:00:01.000000000Z stdout F one
            2026-01-01T00:00:02.000000000Z stderr P tw
            2026-01-01T00:00:02.000000000Z stderr F o
            2026-01-01T00:00:03.000000000Z stdout F three
            2026-01-01T00:00:04.000000000Z stdout P four
            """;

    private int passes;

    private static byte[] gzip(String text) {
        var file = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(file)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private ArchivedEntries entries(byte[] file, LogQuery query, ByteArrayOutputStream out, long mostHeld) {
        return new ArchivedEntries(
                () -> {
                    passes++;
                    return Optional.of(new ArchivedLog(new ByteArrayInputStream(file)));
                },
                query,
                entry -> out.writeBytes(entry.bytes()),
                mostHeld);
    }

    private String copy(Integer tail, String since, long mostHeld) {
        var out = new ByteArrayOutputStream();
        var query = new LogQuery(false, tail, since == null ? null : Instant.parse(since));
        assertThat(entries(gzip(LOG), query, out, mostHeld).copy()).isTrue();
        return out.toString(UTF_8);
    }

    /** Held, and too much to be held. */
    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 100, 0})
    void theLastLinesAreThoseOfBothStreams(long mostHeld) {
        assertThat(copy(0, null, mostHeld)).isEmpty();
        assertThat(copy(1, null, mostHeld)).isEqualTo("four");
        assertThat(copy(2, null, mostHeld)).isEqualTo("three\nfour");
        assertThat(copy(3, null, mostHeld)).isEqualTo("two\nthree\nfour");
        assertThat(copy(4, null, mostHeld)).isEqualTo("one\ntwo\nthree\nfour");
        assertThat(copy(Integer.MAX_VALUE, null, mostHeld)).isEqualTo("one\ntwo\nthree\nfour");
        assertThat(copy(2, "2026-01-01T00:00:04Z", mostHeld)).isEqualTo("four");
    }

    @Test
    void onlyWhatIsTooMuchIsReadTwice() {
        copy(2, null, 1 << 20);
        assertThat(passes).isEqualTo(1);
        copy(2, null, 50);
        assertThat(passes).isEqualTo(3);
    }

    @Test
    void linesAreThoseFromATimeOn() {
        assertThat(copy(null, "2026-01-01T00:00:02Z", 0)).isEqualTo("two\nthree\nfour");
        assertThat(copy(null, "2026-01-02T00:00:00Z", 0)).isEmpty();
        assertThat(copy(null, null, 0)).isEqualTo("one\ntwo\nthree\nfour");
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 0})
    void ofABrokenLogTheLastLinesBeforeThatAreShown(long mostHeld) {
        var whole = gzip(LOG);
        var out = new ByteArrayOutputStream();
        var entries = entries(Arrays.copyOf(whole, whole.length - 8), new LogQuery(false, 2, null), out, mostHeld);
        assertThatThrownBy(entries::copy).isInstanceOf(ArchivedLog.BrokenException.class);
        assertThat(out.toString(UTF_8)).isEqualTo("three\nfour");
        assertThat(entries.isWritten()).isTrue();
    }

    @Test
    void aLogThatIsNotThereIsNoError() {
        var entries = new ArchivedEntries(Optional::empty, LogQuery.ALL, entry -> {});
        assertThat(entries.copy()).isFalse();
        assertThat(entries.isOpened()).isFalse();
    }
}
