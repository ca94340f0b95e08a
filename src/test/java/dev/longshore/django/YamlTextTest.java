package dev.longshore.django;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTextTest {
    private static final List<String> TEXTS = List.of(
            "plain",
            "two words",
            "tcp://host:2376",
            "",
            " ",
            "yes",
            "NO",
            "y",
            "null",
            "~",
            "1",
            "1e3",
            "0x1f",
            "1:30",
            "2026-01-01",
            ".inf",
            "a: b",
            "a #b",
            "a:",
            "- a",
            "*",
            "&a",
            "!b",
            "%",
            "@",
            "`",
            "{a}",
            "[",
            "'",
            "\"\\",
            "a\nb\n",
            "\ttab ",
            "=",
            "<<",
            "\u0000\u0007\u001b\u007f\u0085\u00a0\u2028\u2029\ufeff\u00e4\u65e5",
            "\ud83d\ude00\udb40\udc01");

    @Test
    void writesBlocks() throws JsonProcessingException {
        assertThat(YamlText.of(json("""
                {"a": {"b": true, "c": 1}, "list": ["x", {"name": "y", "none": [], "more": [{"k": "1"}]}], "d": {}}
                """))).isEqualTo("""
                a:
                  b: true
                  c: 1
                list:
                - x
                - name: "y"
                  none: []
                  more:
                  - k: "1"
                d: {}
                """);
    }

    static List<String> texts() {
        return TEXTS;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyReaderReadsTheSameText(String text) throws JsonProcessingException {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("value", text).putObject("keys").put(text, "x");
        object.putArray("list").add(text);
        var yaml = YamlText.of(object);

        assertThat(new YAMLMapper().readTree(yaml)).isEqualTo(object);
        assertThat(new KubernetesSerialization().unmarshal(yaml, JsonNode.class))
                .isEqualTo(object);
    }

    @Test
    void halfACharacterIsReplaced() {
        assertThat(YamlText.of(JsonNodeFactory.instance.objectNode().put("a", "x\ud83dy")))
                .isEqualTo("a: \"x\uFFFDy\"\n");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
