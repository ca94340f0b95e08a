package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import java.io.IOException;
import java.time.Instant;

/** What a daemon says of the state of one container. Any field may be absent, null or of another kind. */
final class ContainerState {
    private static final int LONGEST_ERROR = 4096;

    private final AnswerReader reader;
    private final JsonParser json;
    private String status = "";
    private String error = "";
    private Integer exitCode;
    private boolean oomKilled;
    private boolean paused;
    private Boolean running;
    private Instant startedAt;
    private Instant finishedAt;
    private boolean neverFinished;

    ContainerState(AnswerReader reader) {
        this.reader = reader;
        this.json = reader.json();
    }

    /** A word in a list, and a structure where one container is inspected. */
    void read() throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            reader.fields(this::read);
        } else {
            status = reader.text();
        }
    }

    private void read(String field) throws IOException {
        switch (field) {
            case "Status" -> status = reader.text();
            case "ExitCode" -> exitCode = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? exitCode() : null;
            case "OOMKilled" -> oomKilled = reader.flag();
            case "Paused" -> paused = reader.flag();
            case "Running" -> running = json.currentToken().isBoolean() ? Boolean.valueOf(reader.flag()) : skipped();
            case "Error" -> {
                var message = reader.text();
                error = message.length() <= LONGEST_ERROR ? message : message.substring(0, LONGEST_ERROR) + "…";
            }
            case "StartedAt" -> startedAt = DaemonTimes.parse(reader.text());
            case "FinishedAt" -> {
                var time = reader.text();
                finishedAt = DaemonTimes.parse(time);
                neverFinished = DaemonTimes.isNever(time);
            }
            default -> json.skipChildren();
        }
    }

    private Boolean skipped() throws IOException {
        json.skipChildren();
        return null;
    }

    /** Windows counts to more than fits. */
    private int exitCode() throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : (int) json.getLongValue();
    }

    boolean isKnown() {
        return !status().isEmpty();
    }

    private String status() {
        if (!status.isEmpty() || running == null) {
            return status;
        }
        return running ? "running" : startedAt == null ? "created" : "exited";
    }

    boolean isPaused() {
        return paused;
    }

    ContainerSnapshotBuilder into(ContainerSnapshotBuilder snapshot) {
        var state = state(status());
        var ended = state == ContainerSnapshot.State.EXITED;
        return snapshot.state(state)
                .exitCode(ended && !isEndUnknown() ? exitCode : null)
                .oomKilled(oomKilled)
                .error(error)
                .startedAt(ended ? DaemonTimes.start(startedAt, finishedAt) : startedAt)
                .finishedAt(ended ? finishedAt : null);
    }

    /** Podman says 0 of one that was running when its machine was restarted, and that it never ended. */
    private boolean isEndUnknown() {
        return startedAt != null && neverFinished;
    }

    private static ContainerSnapshot.State state(String status) {
        return switch (status) {
            case "created" -> ContainerSnapshot.State.CREATED;
            case "exited", "stopped", "dead", "removing" -> ContainerSnapshot.State.EXITED;
            default -> ContainerSnapshot.State.RUNNING;
        };
    }
}
