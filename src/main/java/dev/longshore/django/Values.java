package dev.longshore.django;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The value at which a parser is, within a budget. */
final class Values {
    private final JsonParser json;
    private final LongStrings strings;
    private final Budget budget;

    Values(JsonParser json, LongStrings strings, Budget budget) {
        this.json = json;
        this.strings = strings;
        this.budget = budget;
    }

    /** Of a part of the dump that every object has. */
    JsonNode read(String field) throws IOException {
        List<String> tooLong = new ArrayList<>();
        var value = read(field, tooLong);
        return tooLong.isEmpty() ? value : NullNode.getInstance();
    }

    String text(String field) throws IOException {
        return read(field).asText("");
    }

    /** @param tooLong receives the field, if a string in it was cut */
    JsonNode read(String field, List<String> tooLong) throws IOException {
        var token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            budget.spend(0);
            return object(field, tooLong);
        }
        if (token == JsonToken.START_ARRAY) {
            budget.spend(0);
            return array(field, tooLong);
        }
        if (token == JsonToken.VALUE_STRING) {
            var text = json.getText();
            if (wasCut()) {
                tooLong.add(field);
                return NullNode.getInstance();
            }
            budget.spend(text.length());
            return TextNode.valueOf(text);
        }
        return scalar(token);
    }

    private JsonNode scalar(JsonToken token) throws IOException {
        var text = json.getText();
        budget.spend(text.length());
        return switch (token) {
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NUMBER_INT -> BigIntegerNode.valueOf(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT ->
                json.isNaN() ? TextNode.valueOf(text) : DecimalNode.valueOf(json.getDecimalValue());
            default -> NullNode.getInstance();
        };
    }

    private ObjectNode object(String field, List<String> tooLong) throws IOException {
        var object = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            budget.spend(name.length());
            json.nextToken();
            object.set(name, read(field, tooLong));
        }
        return object;
    }

    private ArrayNode array(String field, List<String> tooLong) throws IOException {
        var array = JsonNodeFactory.instance.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(field, tooLong));
        }
        return array;
    }

    /** Passes over it; whether it is longer than any text that is kept. */
    boolean skip() throws IOException {
        json.skipChildren();
        json.finishToken();
        return json.currentToken() == JsonToken.VALUE_STRING && wasCut();
    }

    /** Passes over it; whether it is more than null, false or empty. */
    boolean skipUsed() throws IOException {
        var end = json.currentToken() == JsonToken.START_ARRAY ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
        return switch (json.currentToken()) {
            case START_ARRAY, START_OBJECT -> {
                var isUsed = false;
                while (json.nextToken() != end) {
                    isUsed = true;
                    json.skipChildren();
                }
                yield isUsed;
            }
            case VALUE_NULL, VALUE_FALSE -> false;
            case VALUE_STRING -> json.getTextLength() > 0;
            default -> true;
        };
    }

    private boolean wasCut() {
        return strings.wasCut(json.currentTokenLocation().getCharOffset());
    }
}
