package dev.longshore.docker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000000001Z");
    private static final LogQuery FOLLOW = new LogQuery(true, null, null);

    private static LogEntry out(int second) {
        return new LogEntry(false, NOON.plusSeconds(second), new byte[0]);
    }

    private static LogEntry err(int second) {
        return new LogEntry(true, NOON.plusSeconds(second), new byte[0]);
    }

    @Test
    void aLogOfWhichNothingCameIsAskedForAgain() {
        assertThat(new LogPosition(FOLLOW).resume(NOON)).isEqualTo(FOLLOW);
    }

    @Test
    void whatWasReadIsNotTakenAgainAndWhatFollowsIs() {
        var position = new LogPosition(FOLLOW);
        assertThat(position.take(out(10))).isTrue();
        assertThat(position.take(out(11))).isTrue();
        assertThat(position.resume(NOON)).isEqualTo(new LogQuery(true, null, NOON.plusSeconds(6)));
        assertThat(position.take(out(10))).isFalse();
        assertThat(position.take(out(11))).isFalse();
        assertThat(position.take(out(12))).isTrue();
    }

    @Test
    void theOtherStreamsOlderEntriesThatHadNotComeAreTaken() {
        var position = new LogPosition(FOLLOW);
        position.take(err(7));
        position.take(out(10));
        position.resume(NOON);
        assertThat(position.take(err(7))).isFalse();
        assertThat(position.take(out(10))).isFalse();
        assertThat(position.take(err(9))).isTrue();
    }

    @Test
    void aStreamOfWhichNothingIsAskedForAgainHasNoGap() {
        var position = new LogPosition(FOLLOW);
        position.take(err(1));
        position.take(out(60));
        position.resume(NOON);
        position.take(out(60));
        position.take(err(61));
        assertThat(position.sawGap()).isFalse();
    }

    @Test
    void ofPiecesOfOneTimeTheRestIsTakenAlsoAfterASecondCut() {
        var position = new LogPosition(FOLLOW);
        position.take(out(1));
        position.take(out(1));
        position.resume(NOON);
        assertThat(position.take(out(1))).isFalse();
        position.resume(NOON);
        assertThat(position.take(out(1))).isFalse();
        assertThat(position.take(out(1))).isFalse();
        assertThat(position.take(out(1))).isTrue();
        position.resume(NOON);
        assertThat(position.take(out(1))).isFalse();
        assertThat(position.take(out(1))).isFalse();
        assertThat(position.take(out(1))).isFalse();
        assertThat(position.take(out(2))).isTrue();
    }

    @Test
    void nothingBeforeTheTailOrTheTimeThatWereAskedForIsAskedForLater() {
        var tail = new LogPosition(new LogQuery(true, 1, null));
        tail.take(out(10));
        assertThat(tail.resume(NOON).since()).isEqualTo(NOON.plusSeconds(10));
        var since = new LogPosition(new LogQuery(true, null, NOON.plusSeconds(8)));
        since.take(out(10));
        assertThat(since.resume(NOON).since()).isEqualTo(NOON.plusSeconds(8));
    }

    @Test
    void afterAnEmptyTailAllThatCameSinceIsAskedFor() {
        var position = new LogPosition(new LogQuery(true, 0, null));
        assertThat(position.resume(NOON)).isEqualTo(new LogQuery(true, null, NOON));
    }

    @Test
    void aClockThatIsSetBackLosesNothing() {
        var position = new LogPosition(FOLLOW);
        assertThat(position.take(out(10))).isTrue();
        assertThat(position.take(out(3))).isTrue();
        position.resume(NOON);
        assertThat(position.take(out(3))).isFalse();
        assertThat(position.take(out(4))).isTrue();
    }

    @Test
    void whatFollowsTheLastEntryIsNewAlsoIfTheClockWasSetBackMeanwhile() {
        var position = new LogPosition(FOLLOW);
        position.take(out(9));
        position.take(out(11));
        position.resume(NOON);
        assertThat(position.take(out(9))).isFalse();
        assertThat(position.take(out(11))).isFalse();
        assertThat(position.take(out(8))).isTrue();
        assertThat(position.take(out(9))).isTrue();
        assertThat(position.sawGap()).isFalse();
    }

    @Test
    void whatADaemonSendsOnceMoreByItselfIsNotTakenAndNoGap() {
        var position = new LogPosition(FOLLOW);
        position.take(out(9));
        position.take(out(10));
        position.take(out(11));
        assertThat(position.take(out(9), true)).isFalse();
        assertThat(position.take(out(10), true)).isFalse();
        assertThat(position.take(out(9), true)).isFalse();
        assertThat(position.take(out(12), false)).isTrue();
        assertThat(position.take(out(10), true)).isFalse();
        assertThat(position.take(out(12), true)).isFalse();
        assertThat(position.take(out(11), true)).isFalse();
        assertThat(position.take(out(13), false)).isTrue();
        assertThat(position.sawGap()).isFalse();
        // A clock that was set back.
        assertThat(position.take(out(8), false)).isTrue();
    }

    @Test
    void soIsALineThatItSendsTwiceButNoPieceOfOne() {
        var line = new LogEntry(false, NOON, new byte[] {'a', '\n'});
        var piece = new LogEntry(true, NOON, new byte[] {'a'});
        var position = new LogPosition(FOLLOW);
        assertThat(position.take(line, false)).isTrue();
        assertThat(position.take(line, true)).isFalse();
        assertThat(position.take(line, false)).isTrue();
        assertThat(position.take(piece, false)).isTrue();
        assertThat(position.take(piece, true)).isTrue();
    }

    @Test
    void whereTheLastEntryIsNoLongerThereOthersMayBeMissing() {
        var position = new LogPosition(FOLLOW);
        position.take(out(10));
        position.take(err(11));
        position.resume(NOON);
        assertThat(position.take(out(10))).isFalse();
        assertThat(position.take(out(12))).isTrue();
        assertThat(position.sawGap()).isFalse();
        assertThat(position.take(err(13))).isTrue();
        assertThat(position.sawGap()).isTrue();
        assertThat(position.take(err(14))).isTrue();
        assertThat(position.sawGap()).isFalse();
    }

    @Test
    void aPartThatBeginsWithWhatIsKnownHasAllThatIsNew() {
        var position = new LogPosition(FOLLOW);
        assertThat(position.isBehind(out(1))).isFalse();
        position.take(err(8));
        position.take(out(10));
        position.resume(NOON);
        assertThat(position.isBehind(out(9))).isTrue();
        assertThat(position.isBehind(err(7))).isTrue();
        // There may be more of these times before it.
        assertThat(position.isBehind(out(8))).isFalse();
        assertThat(position.isBehind(err(10))).isFalse();
        assertThat(position.isBehind(out(11))).isFalse();
    }

    @Test
    void whatIsBeforeThePartThatIsReadIsNoGap() {
        var position = new LogPosition(FOLLOW);
        position.take(err(8));
        position.take(out(10));
        position.resume(NOON);
        position.resumeFrom(out(9));
        assertThat(position.take(out(9))).isFalse();
        assertThat(position.take(out(10))).isFalse();
        assertThat(position.take(err(11))).isTrue();
        assertThat(position.take(out(12))).isTrue();
        assertThat(position.sawGap()).isFalse();
    }

    @Test
    void aLineOfWhichThePiecesAreNotAllThereAnyMoreIsAGap() {
        var position = new LogPosition(FOLLOW);
        position.take(out(10));
        position.take(out(10));
        position.resume(NOON);
        assertThat(position.take(out(10))).isFalse();
        assertThat(position.take(out(11))).isTrue();
        assertThat(position.sawGap()).isTrue();
    }
}
