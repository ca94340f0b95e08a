package dev.longshore.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static JsonNode line(Throwable thrown, Map<String, String> fields) throws IOException {
        var context = new LoggerContext();
        var event = new LoggingEvent(
                "fqcn", context.getLogger("dev.longshore.Some"), Level.WARN, "{}: \"refused\"\n", thrown, new Object[] {
                    "ns/job"
                });
        event.setMDCPropertyMap(fields);
        var encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        var text = new String(encoder.encode(event), UTF_8);
        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        return new ObjectMapper().readTree(text);
    }

    @Test
    void theFieldsOfAJobAreBesideItsMessage() throws IOException {
        var line = line(null, Map.of("namespace", "ns", "job", "job", "host", "ns/h", "attempt", "2"));
        assertThat(line.path("message").asText()).isEqualTo("ns/job: \"refused\"\n");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.path("job").asText()).isEqualTo("job");
        assertThat(line.path("attempt").asText()).isEqualTo("2");
        assertThat(line.has("error")).isFalse();
    }

    @Test
    void aFailureIsOneFieldAndNothingReplacesTheMessage() throws IOException {
        var line = line(new IllegalStateException("broken"), Map.of("message", "other"));
        assertThat(line.path("message").asText()).startsWith("ns/job");
        assertThat(line.path("error").asText())
                .startsWith("java.lang.IllegalStateException: broken")
                .contains("at ");
    }

    @Test
    void theOptionChoosesTheAppender() throws JoranException {
        var context = new LoggerContext();
        context.putProperty("longshore.log.format", "json");
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(JsonLinesTest.class.getResource("/logback.xml"));
        var appender = context.getLogger("ROOT").getAppender("json");
        assertThat(appender.isStarted()).isTrue();
        assertThat(((ConsoleAppender<ILoggingEvent>) appender).getEncoder()).isInstanceOf(JsonLines.class);
    }
}
