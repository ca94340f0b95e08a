package dev.longshore.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import java.util.List;
import java.util.Objects;

/** Kinds of daemons that {@code make test-daemons} runs the tests on: the columns of docs/compatibility.md. */
public enum DaemonKind {
    DOCKER_20("Docker 20.10"),
    DOCKER("Docker"),
    DOCKER_CONTAINERD("Docker with the containerd image store"),
    /** By a kernel in user mode: see {@code src/scripts/with-daemon.sh}. */
    DOCKER_CGROUP2("Docker on cgroup v2"),
    PODMAN("Podman");

    private final String title;

    DaemonKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    static DaemonKind of(DockerClient docker) {
        var version = docker.versionCmd().exec();
        if (engine(version).equals("Podman")) {
            return PODMAN;
        }
        var info = docker.infoCmd().exec();
        if (keepsImagesInContainerd(info)) {
            return DOCKER_CONTAINERD;
        }
        if (info.getLabels() != null && List.of(info.getLabels()).contains("longshore.kernel=user-mode")) {
            return DOCKER_CGROUP2;
        }
        return version.getVersion().startsWith("20.") ? DOCKER_20 : DOCKER;
    }

    private static boolean keepsImagesInContainerd(Info info) {
        return info.getDriverStatuses() != null
                && info.getDriverStatuses().contains(List.of("driver-type", "io.containerd.snapshotter.v1"));
    }

    private static String engine(Version version) {
        var podman = version.getComponents() != null
                && version.getComponents().stream()
                        .anyMatch(component -> component.getName().startsWith("Podman"));
        return podman ? "Podman" : "Docker";
    }

    /** In one line, for the page. */
    static String describe(DockerClient docker) {
        var version = docker.versionCmd().exec();
        var info = docker.infoCmd().exec();
        return "%s %s, API %s to %s, storage driver %s, cgroup v%s"
                .formatted(
                        engine(version),
                        version.getVersion(),
                        version.getMinAPIVersion(),
                        version.getApiVersion(),
                        info.getDriver(),
                        Objects.requireNonNullElse(info.getCGroupVersion(), "1"));
    }
}
