package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expressions for Flux in docs/gitops.md. */
class FluxExpressionsTest {
    private static boolean holds(String kind, String outcome, Map<String, Object> status)
            throws IOException, CelException {
        var cel = CelFactory.standardCelBuilder()
                .addVar("status", SimpleType.DYN)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .build();
        var program = cel.createProgram(cel.compile(expression(kind, outcome)).getAst());
        return (boolean) program.eval(Map.of("status", status));
    }

    private static String expression(String kind, String outcome) throws IOException {
        var yaml = new YAMLMapper();
        for (var block : Page.of("docs/gitops.md").blocks("yaml")) {
            JsonNode expressions = yaml.readTree(block).path("spec").path("healthCheckExprs");
            var found = StreamSupport.stream(expressions.spliterator(), false)
                    .filter(each -> each.path("kind").asText().equals(kind))
                    .map(each -> each.path(outcome).asText())
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new AssertionError("no expression for " + kind);
    }

    @ParameterizedTest
    @CsvSource({
        "Pending,   false, false",
        "Running,   false, false",
        "Completed, true,  false",
        "Failed,    false, true",
        "Cancelled, false, true"
    })
    void showHowAJobEnded(String phase, boolean current, boolean failed) throws Exception {
        Map<String, Object> status = Map.of("phase", phase);

        assertThat(holds("ContainerJob", "current", status)).isEqualTo(current);
        assertThat(holds("ContainerJob", "failed", status)).isEqualTo(failed);
    }

    @ParameterizedTest
    @CsvSource({"True, Ready, true", "False, Inactive, true", "False, SecretNotFound, false"})
    void takeAnInactiveTemplateForCurrent(String ready, String reason, boolean current) throws Exception {
        Map<String, Object> status =
                Map.of("conditions", List.of(Map.of("type", "Ready", "status", ready, "reason", reason)));

        assertThat(holds("ContainerTemplate", "current", status)).isEqualTo(current);
    }
}
