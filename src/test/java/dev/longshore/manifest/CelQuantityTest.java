package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As an API server evaluates them. */
class CelQuantityTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "quantity('0.5') == quantity('500m')",
                "quantity('1Gi') == quantity('1024Mi')",
                "quantity('1Gi') != quantity('1G')",
                "quantity(string(2)) == quantity('2.0')",
                "quantity('1e3') == quantity('1k')",
                "[quantity('1')] == [quantity('1000m')]",
                "quantity('100') == quantity('1E2')",
                "quantity('1').isLessThan(quantity('1001m'))",
                "!quantity('1').isGreaterThan(quantity('1'))",
                "quantity('64Mi').isGreaterThan(quantity('64M'))",
                "quantity('2').compareTo(quantity('1')) == 1"
            })
    void holds(String rule) {
        assertThat(evaluate(rule)).isEqualTo(true);
    }

    /** Which fails a rule. */
    @Test
    void whatIsNoQuantityIsAnError() {
        assertThat(evaluate("quantity('a lot') == quantity('a lot')")).isNull();
    }

    private static Object evaluate(String rule) {
        return CelRules.evaluate(rule, JsonNodeFactory.instance.objectNode());
    }
}
