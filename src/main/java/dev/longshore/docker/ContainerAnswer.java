package dev.longshore.docker;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a daemon says of one container, read field by field. Any field may be absent, null or of another kind; what is
 * kept is taken from a budget.
 */
final class ContainerAnswer {
    /** Docker's zero time. */
    private static final String NEVER = "0001-";

    private static final int LONGEST_ERROR = 4096;

    private final JsonParser json;
    private final AnswerBudget budget;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> networks = new ArrayList<>();
    private String id = "";
    private String name = "";
    private String imageId;
    private String status = "";
    private String error = "";
    private Integer exitCode;
    private boolean oomKilled;
    private boolean paused;
    private Instant startedAt;
    private Instant finishedAt;
    private String stopSignal = "";
    private String user = "";

    /** Reads a value, or goes past it. */
    private interface Reading {
        void read(String name) throws IOException;
    }

    /** @param json at the first token of the container */
    ContainerAnswer(JsonParser json, AnswerBudget budget) throws IOException {
        this.json = json;
        this.budget = budget;
        fields(this::readContainer);
    }

    /** Whether it is known which container this is, and what it does. */
    boolean isReadable() {
        return !id.isEmpty() && !status.isEmpty();
    }

    boolean isPaused() {
        return paused;
    }

    String stopSignal() {
        return stopSignal.isEmpty() ? "SIGTERM" : stopSignal;
    }

    /** As the container or, where it says nothing, its image has it; empty: root. */
    String user() {
        return user;
    }

    ContainerSnapshot snapshot() {
        var state = state(status);
        var ended = state == ContainerSnapshot.State.EXITED;
        return ContainerSnapshotBuilder.builder()
                .id(id)
                .name(name)
                .imageId(imageId)
                .state(state)
                .exitCode(ended ? exitCode : null)
                .oomKilled(oomKilled)
                .error(error)
                .startedAt(startedAt)
                .finishedAt(ended ? finishedAt : null)
                .labels(labels)
                .environment(environment)
                .networks(List.copyOf(networks))
                .build();
    }

    private void readContainer(String field) throws IOException {
        switch (field) {
            case "Id" -> id = text();
            case "Name" -> name = withoutSlash(text());
            case "Names" -> elements(() -> name = name.isEmpty() ? withoutSlash(text()) : name);
            case "Image" -> imageId = requireNonNullElse(imageId, text());
            case "ImageID" -> imageId = text();
            case "Labels" -> readLabels();
            case "Config" -> fields(this::readConfig);
            case "NetworkSettings" -> fields(this::readNetworkSettings);
            case "State" -> {
                // A word in a list, and a structure where one container is looked at.
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    fields(this::readState);
                } else {
                    status = text();
                }
            }
            default -> json.skipChildren();
        }
    }

    private void readState(String field) throws IOException {
        switch (field) {
            case "Status" -> status = text();
            case "ExitCode" -> exitCode = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? exitCode() : null;
            case "OOMKilled" -> oomKilled = flag();
            case "Paused" -> paused = flag();
            case "Error" -> {
                var words = text();
                error = words.length() <= LONGEST_ERROR ? words : words.substring(0, LONGEST_ERROR) + "…";
            }
            case "StartedAt" -> startedAt = time(text());
            case "FinishedAt" -> finishedAt = time(text());
            default -> json.skipChildren();
        }
    }

    private void readConfig(String field) throws IOException {
        switch (field) {
            case "Labels" -> readLabels();
            case "Env" ->
                elements(() -> {
                    var parts = text().split("=", 2);
                    environment.put(parts[0], parts.length < 2 ? "" : parts[1]);
                });
            case "StopSignal" -> stopSignal = text();
            case "User" -> user = text();
            default -> json.skipChildren();
        }
    }

    private void readLabels() throws IOException {
        fields(label -> {
            budget.spend(label);
            labels.put(label, text());
        });
    }

    private void readNetworkSettings(String field) throws IOException {
        if (!field.equals("Networks")) {
            json.skipChildren();
            return;
        }
        fields(network -> {
            budget.spend(network);
            networks.add(network);
            json.skipChildren();
        });
    }

    /** Nothing where this is no object. */
    private void fields(Reading reading) throws IOException {
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

    private interface Element {
        void read() throws IOException;
    }

    /** Nothing where this is no array. */
    private void elements(Element element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (var next = json.nextToken(); next != null && next != JsonToken.END_ARRAY; next = json.nextToken()) {
            element.read();
        }
    }

    /** Empty where this is no text. */
    private String text() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return "";
        }
        var text = json.getText();
        budget.spend(text);
        return text;
    }

    private boolean flag() throws IOException {
        var is = json.currentToken() == JsonToken.VALUE_TRUE;
        json.skipChildren();
        return is;
    }

    /** Windows counts to more than fits. */
    private int exitCode() throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : (int) json.getLongValue();
    }

    private static ContainerSnapshot.State state(String status) {
        return switch (status) {
            case "created" -> ContainerSnapshot.State.CREATED;
            case "exited", "dead", "removing" -> ContainerSnapshot.State.EXITED;
            default -> ContainerSnapshot.State.RUNNING;
        };
    }

    private static Instant time(String time) {
        if (time.isEmpty() || time.startsWith(NEVER)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
