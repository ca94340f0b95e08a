package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads a daemon's answer value by value, whatever kinds they are of; what is kept is taken from a budget. */
record AnswerReader(JsonParser json, AnswerBudget budget) {
    /** Reads a value, or goes past it. */
    interface Reading {
        void read(String name) throws IOException;
    }

    interface Element {
        void read() throws IOException;
    }

    void skip() throws IOException {
        json.skipChildren();
    }

    /** Nothing where this is no object. */
    void fields(Reading reading) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            reading.read(field);
        }
    }

    /** Nothing where this is no array. */
    void elements(Element element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (var next = json.nextToken(); next != null && next != JsonToken.END_ARRAY; next = json.nextToken()) {
            element.read();
        }
    }

    /** Empty where this is no text. */
    String text() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return "";
        }
        var text = json.getText();
        budget.spend(text);
        return text;
    }

    boolean flag() throws IOException {
        var is = json.currentToken() == JsonToken.VALUE_TRUE;
        json.skipChildren();
        return is;
    }
}
