package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.longshore.docker.ContainerGoneException;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.NetworkNotFoundException;
import dev.longshore.docker.deadline.CallDeadline;
import java.time.Duration;
import java.util.LinkedHashSet;

/** Creates a container completely, or not at all. */
final class ContainerCreation {
    /** Between two checks whether the daemon has created the container. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final long LARGEST_NETWORK = 64L << 20;
    private static final long LARGEST_NAME = 64L << 10;

    private final DockerClient docker;
    private final DockerQuery query;
    private final Snapshots snapshots;
    private final ReadOnlyBinds binds;
    private final FileOwner.FilesOfContainer files;
    private final UnansweredCreations unanswered;

    ContainerCreation(
            DockerClient docker,
            DockerQuery query,
            Snapshots snapshots,
            ReadOnlyBinds binds,
            FileOwner.FilesOfContainer files,
            UnansweredCreations unanswered) {
        this.unanswered = unanswered;
        this.docker = docker;
        this.query = query;
        this.snapshots = snapshots;
        this.files = files;
        this.binds = binds;
    }

    ContainerSnapshot create(ContainerSpec spec) {
        spec.networks().forEach(network -> requireNetwork(network.name()));
        var id = make(spec);
        try {
            spec.networks().stream().skip(1).forEach(network -> connect(id, network));
            putFiles(id, spec);
            return verified(id, spec);
        } catch (RuntimeException e) {
            if (isGone(id, e)) {
                // The daemon's message is about a container that is not there.
                throw new ContainerGoneException(e);
            }
            remove(id, e);
            throw e;
        }
    }

    private boolean isGone(String id, RuntimeException why) {
        if (!(why instanceof NotFoundException || why instanceof DockerRefusedException)) {
            return false;
        }
        try {
            return snapshots.inspect(id).isEmpty();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
            return false;
        }
    }

    private String make(ContainerSpec spec) {
        try {
            return request(spec);
        } catch (ConflictException e) {
            return awaited(spec, e);
        } catch (DockerException e) {
            throw e;
        } catch (RuntimeException e) {
            unanswered.add(spec);
            throw e;
        }
    }

    private String request(ContainerSpec spec) {
        try {
            return ContainerRequests.create(docker, spec, binds).exec().getId();
        } catch (DockerException e) {
            if (ReadOnlyBinds.areIn(spec) && binds.takeBack(e.getMessage())) {
                return ContainerRequests.create(docker, spec, binds).exec().getId();
            }
            throw e;
        }
    }

    /**
     * The name is taken. Where the daemon knows of no container that has it, it is still at an earlier request, which
     * nobody waited for to the end: what comes of that is what is wanted, if the request was the same.
     */
    private String awaited(ContainerSpec spec, ConflictException conflict) {
        var found = snapshots.inspect(spec.name());
        while (found.isEmpty() && CallDeadline.left(PAUSE).compareTo(PAUSE) > 0) {
            pause();
            found = snapshots.inspect(spec.name());
        }
        if (found.isEmpty()) {
            throw new DockerRefusedException(
                    conflict.getHttpStatus(),
                    "the name " + spec.name()
                            + " is in use, but the daemon has no such container: it may still be creating it; if this"
                            + " persists, restart the daemon",
                    conflict);
        }
        var created = found.get().snapshot();
        if (unanswered.remove(spec) && created.state() == ContainerSnapshot.State.CREATED && isLabeled(created, spec)) {
            return created.id();
        }
        throw conflict;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while creating a container", e);
        }
    }

    /** A network of exactly this name: Docker would also take the beginning of an ID. */
    private void requireNetwork(String name) {
        try {
            if (!name.equals(nameOfNetwork(name))) {
                throw new NetworkNotFoundException(name, null);
            }
        } catch (NotFoundException e) {
            throw new NetworkNotFoundException(name, e);
        }
    }

    /** A network may have thousands of containers, which are not read. */
    private String nameOfNetwork(String nameOrId) {
        return query.get("/networks/" + DockerQuery.encode(nameOrId), LARGEST_NETWORK, json -> {
            var found = new StringBuilder();
            var reader = new AnswerReader(json, new AnswerBudget("network", LARGEST_NAME));
            reader.fields(field -> {
                if (field.equals("Name")) {
                    found.append(reader.text());
                } else {
                    reader.skip();
                }
            });
            return found.toString();
        });
    }

    private void connect(String container, ContainerSpec.Network network) {
        try {
            docker.connectToNetworkCmd()
                    .withContainerId(container)
                    .withNetworkId(network.name())
                    .withContainerNetwork(
                            new ContainerNetwork().withAliases(network.aliases().toArray(String[]::new)))
                    .exec();
        } catch (NotFoundException e) {
            throw new NetworkNotFoundException(network.name(), e);
        }
    }

    private void putFiles(String container, ContainerSpec spec) {
        if (spec.files().isEmpty()) {
            return;
        }
        var user = spec.user() != null
                ? spec.user()
                : snapshots.inspect(container).map(ContainerAnswer::user).orElse("");
        var owner = FileOwner.of(user, (path, most) -> files.read(container, path, most));
        ContainerFiles.put(docker, container, spec.files(), owner);
    }

    private ContainerSnapshot verified(String id, ContainerSpec spec) {
        var answer = snapshots
                .inspect(id)
                .orElseThrow(() -> new DockerRefusedException("container not found after creation", null));
        var created = answer.snapshot();
        if (!isLabeled(created, spec)) {
            throw new DockerRefusedException(
                    "the created container has no Longshore labels: check whether a proxy in front of the daemon"
                            + " changes requests",
                    null);
        }
        answer.devices().require(spec);
        var missing = new LinkedHashSet<String>();
        spec.networks().forEach(network -> missing.add(network.name()));
        created.networks().forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new DockerRefusedException("the daemon did not connect the container to networks " + missing, null);
        }
        return created;
    }

    private static boolean isLabeled(ContainerSnapshot created, ContainerSpec spec) {
        return created.labels()
                .entrySet()
                .containsAll(OwnLabels.of(spec.labels()).entrySet());
    }

    private void remove(String id, RuntimeException why) {
        try {
            docker.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (RuntimeException e) {
            // Found by its labels later on; the first failure is the one to report.
            why.addSuppressed(e);
        }
    }
}
