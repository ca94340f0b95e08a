package dev.longshore.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> NAMES = List.of("thumbnails", "thumbnails-large", "import", "export");

    @Test
    void aNameWithALetterMissingDoubledReplacedOrExchangedIsMeant() {
        assertThat(List.of("thumbnail", "thumbnailss", "thumbnaals", "thumbnaisl"))
                .allSatisfy(written -> assertThat(Nearest.to(written, NAMES)).contains("thumbnails"));
    }

    @Test
    void theNearestIsMeantAndOfTwoAsNearTheFirst() {
        assertThat(Nearest.to("iport", NAMES)).contains("import");
        assertThat(Nearest.to("xxport", NAMES)).contains("export");
    }

    @Test
    void theBeginningOfANameMeansIt() {
        assertThat(Nearest.to("thumb", NAMES)).contains("thumbnails");
        assertThat(Nearest.to("Imp", NAMES)).contains("import");
        assertThat(Nearest.to("im", NAMES)).isEmpty();
    }

    @Test
    void anotherCaseIsNoOtherName() {
        assertThat(Nearest.to("IMPORT", NAMES)).contains("import");
    }

    @Test
    void nothingIsMeantByWhatIsLikeNothing() {
        assertThat(Nearest.to("backup", NAMES)).isEmpty();
        assertThat(Nearest.to("import", List.of())).isEmpty();
        assertThat(Nearest.suggestion("backup", NAMES)).isEmpty();
    }

    @Test
    void aSuggestionEndsAMessage() {
        assertThat(Nearest.suggestion("improt", NAMES)).isEqualTo("; did you mean import?");
    }
}
