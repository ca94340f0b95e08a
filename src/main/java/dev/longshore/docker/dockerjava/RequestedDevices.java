package dev.longshore.docker.dockerjava;

import dev.longshore.docker.CdiDevice;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerRefusedException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The devices that a container was created with, as the daemon describes it. A daemon may accept a request and ignore it. */
final class RequestedDevices {
    static final String CDI = "cdi";
    private static final String NVIDIA = "nvidia";

    private final AnswerReader reader;
    private final Map<String, Set<String>> idsByDriver = new TreeMap<>();
    private boolean any;
    private String driver;
    private Set<String> ids;

    RequestedDevices(AnswerReader reader) {
        this.reader = reader;
    }

    /** The device IDs to request of each driver. */
    static Map<String, Set<String>> of(ContainerSpec spec) {
        return spec.gpuIds().stream()
                .collect(Collectors.groupingBy(
                        id -> CdiDevice.isName(id) ? CDI : NVIDIA,
                        TreeMap::new,
                        Collectors.toCollection(LinkedHashSet::new)));
    }

    /** Reads the list of requests. */
    void read() throws IOException {
        reader.elements(() -> {
            any = true;
            driver = "";
            ids = new LinkedHashSet<>();
            reader.fields(this::readRequest);
            idsByDriver.computeIfAbsent(driver, first -> new LinkedHashSet<>()).addAll(ids);
        });
    }

    private void readRequest(String field) throws IOException {
        switch (field) {
            case "Driver" -> driver = reader.text();
            case "DeviceIDs" -> reader.elements(() -> ids.add(reader.text()));
            default -> reader.skip();
        }
    }

    /**
     * Compares them with what was to be requested.
     *
     * @throws DockerRefusedException where they are others: the container would run without its GPUs, or with those of another
     */
    void require(ContainerSpec spec) {
        var requested = of(spec);
        if (requested.isEmpty() ? spec.requestsGpus() && !any : !requested.equals(idsByDriver)) {
            throw new DockerRefusedException(
                    "the daemon ignored the request for GPUs" + (requested.isEmpty() ? "" : " " + spec.gpuIds())
                            + ": remove gpus from the template, or run the job on a host whose daemon supports them",
                    null);
        }
    }
}
