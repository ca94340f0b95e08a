package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.DockerObjectAccessor;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.TmpfsOptions;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ImageReference;
import java.util.List;
import java.util.Locale;

/** From a {@link ContainerSpec} to docker-java's request. */
final class ContainerRequests {
    /** Docker's default, said all the same: beside a size, Podman takes none for 0, with which only root can use it. */
    private static final int TMPFS_MODE = 01777;

    private static final List<List<String>> GPU = List.of(List.of("gpu"));

    private ContainerRequests() {}

    /** Joins the first of the networks only: Docker takes no more than one here. */
    static CreateContainerCmd create(DockerClient docker, ContainerSpec spec, ReadOnlyBinds binds) {
        var create = docker.createContainerCmd(ImageReference.complete(spec.image()))
                .withName(spec.name())
                .withLabels(spec.labels())
                .withEnv(spec.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList())
                .withHostConfig(hostConfig(spec, binds));
        if (!spec.entrypoint().isEmpty()) {
            create.withEntrypoint(spec.entrypoint());
        }
        if (!spec.command().isEmpty()) {
            create.withCmd(spec.command());
        }
        if (spec.workingDir() != null) {
            create.withWorkingDir(spec.workingDir());
        }
        if (spec.user() != null) {
            create.withUser(spec.user());
        }
        if (spec.hostname() != null) {
            create.withHostName(spec.hostname());
        }
        if (spec.platform() != null) {
            create.withPlatform(spec.platform());
        }
        if (spec.stopSignal() != null) {
            create.withStopSignal(spec.stopSignal());
        }
        if (spec.stopTimeoutSeconds() != null) {
            create.withStopTimeout(spec.stopTimeoutSeconds());
        }
        if (!spec.networks().isEmpty()) {
            create.withAliases(spec.networks().get(0).aliases());
        }
        return create;
    }

    private static HostConfig hostConfig(ContainerSpec spec, ReadOnlyBinds binds) {
        var config = HostConfig.newHostConfig()
                .withMounts(
                        spec.mounts().stream().map(mount -> mount(mount, binds)).toList())
                .withPrivileged(spec.privileged())
                .withInit(spec.init())
                .withReadonlyRootfs(spec.readOnlyRoot())
                .withCapAdd(capabilities(spec.addCapabilities()))
                .withCapDrop(capabilities(spec.dropCapabilities()))
                .withExtraHosts(spec.extraHosts().toArray(String[]::new))
                .withDevices(spec.devices().stream()
                        .map(path -> new Device("rwm", path, path))
                        .toList());
        if (!spec.networks().isEmpty()) {
            config.withNetworkMode(spec.networks().get(0).name());
        } else if (spec.networkMode() != null) {
            config.withNetworkMode(spec.networkMode());
        }
        if (spec.logging() != null) {
            config.withLogConfig(logConfig(spec.logging()));
        }
        if (spec.nanoCpus() != null) {
            config.withNanoCPUs(spec.nanoCpus());
        }
        if (spec.memory() != null) {
            // The same, so that the limit is not doubled by swap.
            config.withMemory(spec.memory()).withMemorySwap(spec.memory());
        }
        if (spec.shmSize() != null) {
            config.withShmSize(spec.shmSize());
        }
        if (spec.pidsLimit() != null) {
            config.withPidsLimit(spec.pidsLimit());
        }
        if (spec.requestsGpus()) {
            config.withDeviceRequests(gpus(spec));
        }
        return config;
    }

    /** docker-java knows only the drivers that were Docker's own once, and none that is a plugin. */
    private static LogConfig logConfig(ContainerSpec.Logging logging) {
        var config = new LogConfig(null, logging.options());
        DockerObjectAccessor.overrideRawValue(config, "Type", logging.driver());
        return config;
    }

    static List<DeviceRequest> gpus(ContainerSpec spec) {
        if (spec.gpuIds().isEmpty()) {
            return List.of(new DeviceRequest().withCapabilities(GPU).withCount(spec.gpuCount()));
        }
        return RequestedDevices.of(spec).entrySet().stream()
                .map(driver -> new DeviceRequest()
                        .withDriver(driver.getKey())
                        .withCapabilities(driver.getKey().equals(RequestedDevices.CDI) ? null : GPU)
                        .withDeviceIds(List.copyOf(driver.getValue())))
                .toList();
    }

    private static Mount mount(ContainerSpec.Mount mount, ReadOnlyBinds binds) {
        var result = new Mount().withTarget(mount.target()).withReadOnly(mount.readOnly());
        if (mount instanceof ContainerSpec.Bind bind) {
            return result.withType(MountType.BIND)
                    .withSource(bind.source())
                    .withBindOptions(bind.readOnly() ? binds.options() : new BindOptions());
        }
        if (mount instanceof ContainerSpec.Volume volume) {
            return result.withType(MountType.VOLUME).withSource(volume.name());
        }
        var tmpfs = (ContainerSpec.Tmpfs) mount;
        return result.withType(MountType.TMPFS)
                .withTmpfsOptions(
                        tmpfs.size() == null
                                ? null
                                : new TmpfsOptions().withSizeBytes(tmpfs.size()).withMode(TMPFS_MODE));
    }

    private static Capability[] capabilities(List<String> names) {
        return names.stream().map(ContainerRequests::capability).toArray(Capability[]::new);
    }

    private static Capability capability(String name) {
        try {
            return Capability.fromValue(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new DockerRefusedException("unknown capability " + name, e);
        }
    }
}
