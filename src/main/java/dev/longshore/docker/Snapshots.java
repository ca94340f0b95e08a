package dev.longshore.docker;

import static java.util.Objects.requireNonNullElse;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From docker-java's answers to {@link ContainerSnapshot}s. */
final class Snapshots {
    /** Docker's zero time. */
    private static final String NEVER = "0001-";

    private Snapshots() {}

    static ContainerSnapshot of(InspectContainerResponse container) {
        var state = container.getState();
        var kind = state(state.getStatus());
        var config = container.getConfig();
        return ContainerSnapshotBuilder.builder()
                .id(container.getId())
                .name(withoutSlash(container.getName()))
                .imageId(container.getImageId())
                .state(kind)
                .exitCode(kind == ContainerSnapshot.State.EXITED ? exitCode(state) : null)
                .oomKilled(Boolean.TRUE.equals(state.getOOMKilled()))
                .error(requireNonNullElse(state.getError(), ""))
                .startedAt(time(state.getStartedAt()))
                .finishedAt(kind == ContainerSnapshot.State.EXITED ? time(state.getFinishedAt()) : null)
                .labels(requireNonNullElse(config.getLabels(), Map.of()))
                .environment(environment(config.getEnv()))
                .networks(
                        List.copyOf(container.getNetworkSettings().getNetworks().keySet()))
                .build();
    }

    static ContainerSnapshot of(Container container) {
        return ContainerSnapshotBuilder.builder()
                .id(container.getId())
                .name(withoutSlash(container.getNames()[0]))
                .imageId(container.getImageId())
                .state(state(container.getState()))
                .error("")
                .labels(requireNonNullElse(container.getLabels(), Map.of()))
                .environment(Map.of())
                .networks(List.of())
                .build();
    }

    private static Integer exitCode(InspectContainerResponse.ContainerState state) {
        return state.getExitCodeLong() == null
                ? null
                : Integer.valueOf(state.getExitCodeLong().intValue());
    }

    private static ContainerSnapshot.State state(String status) {
        return switch (status) {
            case "created" -> ContainerSnapshot.State.CREATED;
            case "exited", "dead", "removing" -> ContainerSnapshot.State.EXITED;
            default -> ContainerSnapshot.State.RUNNING;
        };
    }

    private static Instant time(String time) {
        return time == null || time.isEmpty() || time.startsWith(NEVER)
                ? null
                : OffsetDateTime.parse(time).toInstant();
    }

    private static Map<String, String> environment(String[] variables) {
        var environment = new LinkedHashMap<String, String>();
        Arrays.stream(variables == null ? new String[0] : variables).forEach(variable -> {
            var parts = variable.split("=", 2);
            environment.put(parts[0], parts.length < 2 ? "" : parts[1]);
        });
        return environment;
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
