package dev.longshore.django;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;

/** A dump as characters and as JSON. */
final class DumpText {
    static final int DEEPEST = 200;
    private static final int MARK = 3;

    private DumpText() {}

    /**
     * As UTF-8, or as PowerShell redirects it, each with or without a byte order mark.
     *
     * @return throws a {@link java.nio.charset.CharacterCodingException} where it is neither
     */
    static Reader decoded(InputStream stream) throws IOException {
        var input = new BufferedInputStream(stream);
        input.mark(MARK);
        var start = input.readNBytes(MARK);
        input.reset();
        var is16 = start.length > 1 && (start[0] & start[1] & 0xff) == 0xfe && start[0] != start[1];
        if (start.length == MARK && new String(start, UTF_8).equals("\uFEFF")) {
            input.skipNBytes(MARK);
        }
        return new InputStreamReader(
                input,
                (is16 ? UTF_16 : UTF_8)
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    static JsonParser parser(Reader text) throws IOException {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(2 * Budget.LONGEST_STRING)
                        .build())
                // Python writes them.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build()
                .createParser(text);
    }
}
