package dev.longshore.cli.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Takes control sequences, which could move the cursor or worse, out of one stream of text, and all other control
 * characters but tab and newline. It may come in pieces: a sequence or a character is recognised wherever they are cut.
 */
public final class TerminalCleaner {
    /** ECMA-48's, and the strings that end with ST, or with BEL as xterm has it. */
    private enum State {
        TEXT,
        ESCAPE,
        CONTROL_SEQUENCE,
        STRING,
        STRING_ESCAPE
    }

    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    private static final char STRING_TERMINATOR = '\u009c';
    private static final String STRING_STARTS = "\u0090\u0098\u009d\u009e\u009f";
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] incomplete = {};
    private State state = State.TEXT;

    /** In UTF-8, whatever came in; the first bytes of a character are kept for the next piece. */
    public byte[] clean(byte[] piece) {
        var input = ByteBuffer.allocate(incomplete.length + piece.length)
                .put(incomplete)
                .put(piece)
                .flip();
        var text = CharBuffer.allocate(input.remaining() + LONGEST_CHARACTER);
        decoder.decode(input, text, false);
        incomplete = new byte[input.remaining()];
        input.get(incomplete);
        return clean(text.flip().toString()).getBytes(StandardCharsets.UTF_8);
    }

    public String clean(String piece) {
        var text = new StringBuilder(piece.length());
        for (var i = 0; i < piece.length(); i++) {
            if (isText(piece.charAt(i))) {
                text.append(piece.charAt(i));
            }
        }
        return text.toString();
    }

    private boolean isText(char next) {
        state = switch (state) {
            case TEXT -> start(next);
            case ESCAPE -> afterEscape(next);
            case CONTROL_SEQUENCE ->
                isIn(next, ' ', '?') ? State.CONTROL_SEQUENCE : isIn(next, '@', '~') ? null : start(next);
            case STRING -> inString(next);
            case STRING_ESCAPE -> next == '\\' ? null : afterEscape(next);
        };
        if (state == null) {
            // The last character of a sequence.
            state = State.TEXT;
            return false;
        }
        return state == State.TEXT && (!Character.isISOControl(next) || next == '\t' || next == '\n');
    }

    private static State start(char next) {
        if (next == ESCAPE) {
            return State.ESCAPE;
        }
        if (next == '\u009b') {
            return State.CONTROL_SEQUENCE;
        }
        return STRING_STARTS.indexOf(next) >= 0 ? State.STRING : State.TEXT;
    }

    private static State afterEscape(char next) {
        if (next == '[') {
            return State.CONTROL_SEQUENCE;
        }
        if ("PX]^_".indexOf(next) >= 0) {
            return State.STRING;
        }
        if (isIn(next, ' ', '/')) {
            return State.ESCAPE;
        }
        return isIn(next, '0', '~') ? null : start(next);
    }

    private static State inString(char next) {
        if (next == BELL || next == STRING_TERMINATOR) {
            return null;
        }
        if (next == ESCAPE) {
            return State.STRING_ESCAPE;
        }
        // One that never ends does not take the rest of the log with it.
        return next == '\n' ? State.TEXT : State.STRING;
    }

    private static boolean isIn(char next, char first, char last) {
        return next >= first && next <= last;
    }
}
