package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.core.RemoteApiVersion;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerRefusedException;
import java.util.regex.Pattern;

/**
 * How a daemon is to bind a path of its machine that a container may only read. A read-only bind alone leaves what is
 * mounted below the path writable. Daemons from Docker 25 on can make all of that read-only, where their kernel and runtime
 * can, too; from the others the container gets the path without what is mounted below it.
 *
 * <p>One for each connection; used by all of its threads, which at worst ask in vain once more.
 */
final class ReadOnlyBinds {
    /** The first that knows {@code NonRecursive}. */
    private static final RemoteApiVersion NON_RECURSIVE = RemoteApiVersion.VERSION_1_40;

    private static final RemoteApiVersion FORCE_RECURSIVE = RemoteApiVersion.VERSION_1_44;
    /** The first kernel that can, in thousandths. */
    private static final int KERNEL = 5_012;

    /**
     * A daemon's words, alone or as docker-java hands them on. They count at the very beginning only, where nothing stands
     * that a job says: a command, a user or a path that is not found is quoted further on in a refusal.
     */
    private static final Pattern UNABLE =
            Pattern.compile("(Status [0-9]{3}: *)?([{]\"message\": *\")?rro is not supported\\b");

    private static final Pattern RELEASE = Pattern.compile("([0-9]{1,4})[.]([0-9]{1,3})");

    private final String apiVersion;
    private volatile boolean recursive;

    ReadOnlyBinds(String apiVersion, boolean recursive) {
        this.apiVersion = apiVersion;
        this.recursive = recursive;
    }

    /**
     * @param said the daemon's response to /version
     * @param apiVersion that is spoken with it
     */
    static ReadOnlyBinds of(JsonNode said, String apiVersion) {
        var isAble = EngineDialect.of(said).bindsRecursively();
        var isNew = RemoteApiVersion.parseConfig(apiVersion).isGreaterOrEqual(FORCE_RECURSIVE);
        return new ReadOnlyBinds(
                apiVersion, isNew && isAble && kernel(said.path("KernelVersion").asText()) >= KERNEL);
    }

    private static int kernel(String release) {
        var numbers = RELEASE.matcher(release);
        return numbers.lookingAt() ? Integer.parseInt(numbers.group(1)) * 1000 + Integer.parseInt(numbers.group(2)) : 0;
    }

    static boolean areIn(ContainerSpec spec) {
        return spec.mounts().stream().anyMatch(mount -> mount instanceof ContainerSpec.Bind && mount.readOnly());
    }

    BindOptions options() {
        if (recursive) {
            return new Options(null, true).withPropagation(BindPropagation.R_PRIVATE);
        }
        if (!RemoteApiVersion.parseConfig(apiVersion).isGreaterOrEqual(NON_RECURSIVE)) {
            throw new DockerRefusedException(
                    "mounts below a read-only host path stay writable with API version " + apiVersion
                            + ": upgrade to Docker 19.03 or later",
                    null);
        }
        return new Options(true, null);
    }

    /**
     * Whether this refusal is for want of read-only binds that are recursive, and the daemon is to be asked for others from
     * here on: that is due to its kernel and its runtime, which all containers share.
     */
    boolean takeBack(String refusal) {
        var unable = recursive && refusal != null && UNABLE.matcher(refusal).lookingAt();
        if (unable) {
            recursive = false;
        }
        return unable;
    }

    /** docker-java knows the propagation alone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    static final class Options extends BindOptions {
        private static final long serialVersionUID = 1L;

        @JsonProperty("NonRecursive")
        private final Boolean nonRecursive;

        @JsonProperty("ReadOnlyForceRecursive")
        private final Boolean readOnlyForceRecursive;

        Options(Boolean nonRecursive, Boolean readOnlyForceRecursive) {
            this.nonRecursive = nonRecursive;
            this.readOnlyForceRecursive = readOnlyForceRecursive;
        }
    }
}
