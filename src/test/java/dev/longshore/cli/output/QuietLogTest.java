package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QuietLogTest {
    private static final Pattern OFF = Pattern.compile("<logger name=\"(\\S+)\" level=\"OFF\"/>");

    @Test
    void whatMayPrintCredentialsIsOffHereToo() throws IOException {
        var context = new LoggerContext();
        QuietLog.apply(context);
        assertThat(context.getLogger("dev.longshore").getEffectiveLevel()).isEqualTo(Level.ERROR);
        try (var file = QuietLog.class.getResourceAsStream("/dev-longshore-loggers.xml")) {
            var xml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(OFF.matcher(xml).results().map(found -> found.group(1)))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(name ->
                            assertThat(context.getLogger(name).getLevel()).isEqualTo(Level.OFF));
        }
    }
}
