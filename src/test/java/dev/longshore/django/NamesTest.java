package dev.longshore.django;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private final Names names = new Names();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            Local host,           local-host
            nightly_report (v2)!, nightly-report-v2
            docker.example.com,   docker.example.com
            -a.-.b-.,             a.b
            Überprüfung,          uberprufung
            日本,                  host
            ` `,                  host
            """)
    void areMadeValid(String name, String expected) {
        assertThat(names.of(name, "host")).isEqualTo(expected);
        assertThat(Names.isValid(expected)).isTrue();
    }

    @Test
    void areUsedOnce() {
        assertThat(names.of("Web", "host")).isEqualTo("web");
        assertThat(names.of("web!", "host")).isEqualTo("web-2");
        assertThat(names.of("web-2", "host")).isEqualTo("web-2-2");
        assertThat(names.of("WEB", "host")).isEqualTo("web-3");
    }

    @Test
    void aValidNameStaysAlsoBehindOneThatIsChanged() {
        names.reserve("Web");
        names.reserve("web");

        assertThat(names.reserved("Web", "host")).isEqualTo("web-2");
        assertThat(names.reserved("web", "host")).isEqualTo("web");
        assertThat(names.reserved("web", "host")).isEqualTo("web-3");
    }

    @Test
    void longOnesAreTruncated() {
        var longName = "a".repeat(62) + "-b".repeat(100);

        assertThat(names.of(longName, "host")).isEqualTo("a".repeat(62));
        assertThat(names.of(longName, "host")).isEqualTo("a".repeat(61) + "-2");
    }

    @Test
    void oneThatCouldNotBeUsedIsFreeAgain() {
        assertThatThrownBy(() -> names.using(names.of("web", "host"), name -> {
                    throw new InvalidRowException("no");
                }))
                .hasMessage("no");

        assertThat(names.of("web", "host")).isEqualTo("web");
    }
}
