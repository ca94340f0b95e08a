package dev.longshore.docker;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * A container to make. Sizes are in bytes; null and empty mean: as the image or the daemon has it.
 *
 * @param environment by name; never printed, since it may hold secrets
 * @param files written into the container's own layer before it starts
 * @param networks all joined before it starts; empty: the daemon's default network, or networkMode
 * @param networkMode none or host
 * @param logging null: the daemon's default
 * @param nanoCpus billionths of a CPU
 * @param gpuCount -1: all; null where there are gpuIds, or no GPUs
 * @param gpuIds exactly these, by the IDs of the NVIDIA driver or as {@link CdiDevice}s
 * @param stopTimeoutSeconds between stop signal and SIGKILL, for those who stop it by other means
 */
@RecordBuilder
public record ContainerSpec(
        String name,
        String image,
        String platform,
        Map<String, String> labels,
        List<String> entrypoint,
        List<String> command,
        String workingDir,
        String user,
        String hostname,
        List<String> extraHosts,
        Map<String, String> environment,
        List<File> files,
        List<Network> networks,
        String networkMode,
        List<Mount> mounts,
        Logging logging,
        Long nanoCpus,
        Long memory,
        Integer gpuCount,
        List<String> gpuIds,
        List<String> devices,
        Long shmSize,
        Long pidsLimit,
        String stopSignal,
        Integer stopTimeoutSeconds,
        boolean privileged,
        boolean init,
        boolean readOnlyRoot,
        List<String> addCapabilities,
        List<String> dropCapabilities) {
    public ContainerSpec {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        entrypoint = copy(entrypoint);
        command = copy(command);
        extraHosts = copy(extraHosts);
        environment = environment == null ? Map.of() : Map.copyOf(environment);
        files = copy(files);
        networks = copy(networks);
        mounts = copy(mounts);
        gpuIds = copy(gpuIds);
        devices = copy(devices);
        addCapabilities = copy(addCapabilities);
        dropCapabilities = copy(dropCapabilities);
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    public boolean requestsGpus() {
        return gpuCount != null || !gpuIds.isEmpty();
    }

    /** A network to join under its aliases. */
    public record Network(String name, List<String> aliases) {}

    /** A log driver of the daemon, and its options. */
    public record Logging(String driver, Map<String, String> options) {}

    /** Something mounted at a path of the container. */
    public sealed interface Mount {
        String target();

        boolean readOnly();
    }

    /** A path of the daemon's machine. The daemon refuses one that is missing. */
    public record Bind(String target, String source, boolean readOnly) implements Mount {}

    /** A volume of the daemon. */
    public record Volume(String target, String name, boolean readOnly) implements Mount {}

    /** A file system in memory; size null: the daemon's default. */
    public record Tmpfs(String target, Long size, boolean readOnly) implements Mount {}

    /** A file of mode 0400, for the container's user. Its content is never printed. */
    public record File(String path, byte[] content) {
        @Override
        public String toString() {
            return "File[" + path + "]";
        }
    }

    @Override
    public String toString() {
        return "ContainerSpec[" + name + " " + image + "]";
    }
}
