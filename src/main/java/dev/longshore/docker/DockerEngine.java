package dev.longshore.docker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection to one Docker daemon. Every method blocks its caller until the daemon has answered, and may be called from
 * any thread, several at once.
 *
 * <p>Two kinds of failure: {@link DockerUnavailableException} leaves open what the request did (it may have taken effect or
 * not); {@link DockerRefusedException} is the daemon's own no. {@link #close()} from another thread ends every call in
 * progress with {@link DockerUnavailableException}, also one whose daemon never answers.
 */
public interface DockerEngine extends AutoCloseable {
    /** The daemon's version and platform, from {@code /version} and {@code /info}. */
    EngineInfo info();

    /** What the daemon reports to those who run it. */
    DaemonDetails details();

    /**
     * Has the daemon ask a registry for an image, without credentials, and pulls nothing.
     *
     * @throws DockerRefusedException with the registry's or the daemon's words; as not found by a daemon that cannot do that, too
     */
    void findInRegistry(String reference);

    /** Answers once the daemon does ({@code /_ping}). */
    void ping();

    /** A local image, from a reference or an ID; nothing where there is none. */
    Optional<LocalImage> image(String reference);

    /** All local images, those without a name included. */
    List<LocalImage> images();

    /** The IDs of the images that containers were created from: of all containers, running or not, whoever created them. */
    Set<String> imagesOfContainers();

    /**
     * Removes a reference to an image, and the image with its last one; no parent of it, and nothing by force. A reference
     * that is not there is no error.
     *
     * @throws DockerRefusedException as a conflict where a container needs it
     */
    void removeImage(String reference);

    /**
     * The same by its ID, or as this connection has found it before: no longer ago than {@code mostAge}. The platform of an image
     * changes only where it {@linkplain LocalImage#isNamedByManifest() may have several}, its names and digests do.
     */
    default Optional<LocalImage> image(String id, Duration mostAge) {
        return image(id);
    }

    /**
     * Pulls an image and returns its ID. Takes as long as the registry does, while it makes progress.
     *
     * @param unwanted completed by another thread, ends the pull
     * @throws DockerRefusedException with the registry's or the daemon's words, or where the pull makes no progress
     */
    String pull(ImagePull pull, CompletableFuture<Void> unwanted);

    /**
     * Creates a container that joined all its networks and holds all its files, without starting it. Where any of that
     * fails, nothing of it is left on the daemon.
     *
     * @throws NetworkNotFoundException if the daemon lacks one of the networks
     * @throws DockerRefusedException as a conflict where the name is taken
     */
    ContainerSnapshot create(ContainerSpec spec);

    /** Starts a container; one that runs already is left alone. */
    void start(String container);

    /**
     * Whether the daemon has surely not seen the end of a container: it has no event of it. One that was restarted meanwhile has forgotten
     * those before, and sends none of an end that it finds only then. Takes some seconds where there is none. False where that is not
     * known, since so much has happened that the daemon has forgotten the oldest events.
     *
     * @param end when it ended, by the daemon's clock
     */
    default boolean missedEnd(String container, Instant end) {
        return false;
    }

    /** A container by ID or name, or nothing where there is none. */
    Optional<ContainerSnapshot> inspect(String container);

    /** All containers, running or not, that have these labels. Their environment and exit code are not filled in. */
    List<ContainerSnapshot> list(Map<String, String> labels);

    /**
     * The ends of both streams of a container's log, read within bounds of bytes and time. Where its log driver keeps
     * nothing that could be read, the daemon's words on that are the problem.
     */
    LogTail logs(String container, LogRequest request);

    /**
     * Opens a container's log; waits until the daemon has answered, not for an entry. To be closed by the caller. Where it is to be
     * followed, {@link LogStream#follows()} says whether it is.
     */
    LogStream openLog(String container, LogQuery query);

    /** What a container uses now; nothing where it does not run. */
    Optional<ResourceSample> stats(String container);

    /**
     * The content of a file of a container, running or not, or why there is none: no such file, no regular file, or too many
     * bytes. Links to folders on the way to it are followed within the container, as docker cp does.
     */
    FileContent file(String container, String path, int mostBytes);

    /** All files below a folder of a container, by path relative to it; nothing where they have more bytes. */
    Optional<Map<String, byte[]>> files(String container, String folder, int mostBytes);

    /**
     * Sends a signal to a running container and returns at once; one that does not run is no error.
     *
     * @param signal such as SIGKILL, or null for the container's own stop signal, which is SIGTERM by default
     */
    void kill(String container, String signal);

    /** Removes a container and its anonymous volumes, running or not. One that is gone already is no error. */
    void remove(String container);

    /**
     * Removes a container and its anonymous volumes, unless it runs. One that is gone already is no error.
     *
     * @return false if the daemon refuses, since it runs or is being removed
     */
    boolean removeEnded(String container);

    /**
     * Calls {@code onOpen} once the daemon has accepted the subscription, then {@code onEvent} for each event, on the
     * calling thread's behalf and one after the other, until the stream ends, which it does when {@code quiet} has passed
     * without an event, too.
     *
     * @param since events after this time are replayed, by the daemon's clock; null: from now on
     */
    void events(
            Instant since,
            Map<String, String> labels,
            Duration quiet,
            Runnable onOpen,
            Consumer<ContainerEvent> onEvent);

    @Override
    void close();
}
