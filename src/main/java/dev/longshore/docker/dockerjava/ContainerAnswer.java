package dev.longshore.docker.dockerjava;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonParser;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A daemon's description of one container, read field by field. Any field may be absent, null or of another kind. What is
 * kept is taken from a budget, or is little: of an entry of a list.
 */
final class ContainerAnswer {
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_NAME = 256;
    /** Of an image's name in a list. */
    private static final int LONGEST_IMAGE = 1024;

    private final JsonParser json;
    private final AnswerReader reader;
    private final ContainerState state;
    private final RequestedDevices devices;
    private final Set<String> keptLabels;
    private final boolean inList;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> networks = new ArrayList<>();
    private String id = "";
    private String name = "";
    private String imageId;
    private String stopSignal = "";
    private String user = "";

    /** @param json at the first token of the container */
    ContainerAnswer(JsonParser json, AnswerBudget budget) throws IOException {
        this(json, budget, OwnLabels.NAMES, false);
    }

    private ContainerAnswer(JsonParser json, AnswerBudget budget, Set<String> keptLabels, boolean inList)
            throws IOException {
        this.json = json;
        this.reader = new AnswerReader(json, budget);
        this.state = new ContainerState(reader);
        this.devices = new RequestedDevices(reader);
        this.keptLabels = keptLabels;
        this.inList = inList;
        reader.fields(this::readContainer);
    }

    /** An entry of a list, of which the environment and networks are not read. */
    static ContainerAnswer inList(JsonParser json, Set<String> keptLabels) throws IOException {
        return new ContainerAnswer(json, new AnswerBudget("container", Long.MAX_VALUE), keptLabels, true);
    }

    /** Whether it is known which container this is, and what it does. */
    boolean isReadable() {
        return !id.isEmpty() && id.length() <= LONGEST_ID && name.length() <= LONGEST_NAME && state.isKnown();
    }

    boolean has(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    boolean isPaused() {
        return state.isPaused();
    }

    /** What it was created with, GPUs among them. */
    RequestedDevices devices() {
        return devices;
    }

    String stopSignal() {
        return stopSignal.isEmpty() ? "SIGTERM" : stopSignal;
    }

    /** As the container or, if it has none, its image has it; empty: root. */
    String user() {
        return user;
    }

    ContainerSnapshot snapshot() {
        return state.into(ContainerSnapshotBuilder.builder())
                .id(id)
                .name(name)
                .imageId(imageId)
                .labels(labels)
                .environment(environment)
                .networks(List.copyOf(networks))
                .build();
    }

    private void readContainer(String field) throws IOException {
        switch (field) {
            case "Id" -> id = reader.text();
            case "Name" -> {
                // Empty in Podman's lists, beside the names.
                var one = withoutSlash(reader.text());
                name = one.isEmpty() ? name : one;
            }
            case "Names" -> reader.elements(() -> name = name.isEmpty() ? withoutSlash(reader.text()) : name);
            case "Image" -> imageId = requireNonNullElse(imageId, image());
            case "ImageID" -> imageId = image();
            case "Labels" -> readLabels();
            case "Config", "HostConfig", "NetworkSettings" -> readPart(inList ? "" : field);
            case "State" -> state.read();
            default -> json.skipChildren();
        }
    }

    private void readPart(String name) throws IOException {
        switch (name) {
            case "Config" -> reader.fields(this::readConfig);
            case "HostConfig" -> reader.fields(this::readHostConfig);
            case "NetworkSettings" -> reader.fields(this::readNetworkSettings);
            default -> json.skipChildren();
        }
    }

    private void readHostConfig(String field) throws IOException {
        if (field.equals("DeviceRequests")) {
            devices.read();
        } else {
            json.skipChildren();
        }
    }

    private void readConfig(String field) throws IOException {
        switch (field) {
            case "Labels" -> readLabels();
            case "Env" ->
                reader.elements(() -> {
                    var parts = reader.text().split("=", 2);
                    environment.put(parts[0], parts.length < 2 ? "" : parts[1]);
                });
            case "StopSignal" -> stopSignal = reader.text();
            case "User" -> user = reader.text();
            default -> json.skipChildren();
        }
    }

    private void readLabels() throws IOException {
        reader.fields(label -> {
            if (!keptLabels.contains(label)) {
                json.skipChildren();
                return;
            }
            reader.budget().spend(label);
            labels.put(label, inList ? OwnLabels.inList(label, reader.text()) : reader.text());
        });
    }

    private String image() throws IOException {
        var image = reader.text();
        return image.length() <= LONGEST_IMAGE ? image : "";
    }

    private void readNetworkSettings(String field) throws IOException {
        if (!field.equals("Networks")) {
            json.skipChildren();
            return;
        }
        reader.fields(network -> {
            reader.budget().spend(network);
            networks.add(network);
            json.skipChildren();
        });
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
