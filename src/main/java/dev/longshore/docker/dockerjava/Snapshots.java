package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.transport.LimitedStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists and inspects the containers of a daemon. One whose description cannot be read is left out, counted and logged. */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    /** Of what is kept: an honest list of 10,000 containers. As a whole, its time is limited, and not its bytes. */
    private static final long LARGEST_KEPT_LIST = 16L << 20;
    /** On the wire: images may have labels, and jobs arguments, that are long. They are skipped. */
    private static final long LARGEST_CONTAINER = 256L << 20;

    private static final long LARGEST_KEPT_CONTAINER = 8L << 20;

    private final DockerQuery query;
    private final String host;
    private volatile int lastUnreadable;

    /** @param host for log lines */
    Snapshots(DockerQuery query, String host) {
        this.query = query;
        this.host = host;
    }

    List<ContainerSnapshot> list(Map<String, String> labels) {
        var wanted = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
        var listed = listed("/containers/json?all=1&filters=" + DockerQuery.filters(Map.of("label", wanted)), labels);
        if (listed.unreadable() > 0 && listed.unreadable() != lastUnreadable) {
            LOG.warn(
                    "{}: skipping {} entries of the container list that are invalid or were not requested",
                    host,
                    listed.unreadable());
        }
        lastUnreadable = listed.unreadable();
        return listed.containers();
    }

    private Listed listed(String path, Map<String, String> labels) {
        try (var response = query.open(path, Long.MAX_VALUE);
                var body = new LimitedStream(response.getBody(), "container list entry", LARGEST_CONTAINER);
                var answer = DockerQuery.parser(body)) {
            answer.nextToken();
            return read(answer, labels, body::restart);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The IDs of the images of all containers. One whose image is not known could be of any. */
    Set<String> images() {
        var budget = new AnswerBudget("container list", LARGEST_KEPT_LIST);
        var images = new HashSet<String>();
        query.each("/containers/json?all=1", budget, LARGEST_CONTAINER, json -> {
            var image = ContainerAnswer.inList(json, Set.of()).snapshot().imageId();
            if (image == null || !ImageReference.isImageId(image)) {
                throw new IllegalArgumentException("no image of a container");
            }
            if (images.add(image)) {
                budget.spend(image);
            }
        });
        return images;
    }

    /** @param unreadable how many entries are left out */
    record Listed(List<ContainerSnapshot> containers, int unreadable) {}

    /**
     * @param labels that a container has to have to be kept, whatever the daemon lists
     * @param next called after each entry
     */
    static Listed read(JsonParser answer, Map<String, String> labels, Runnable next) throws IOException {
        if (answer.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("no list of containers");
        }
        var budget = new AnswerBudget("container list", LARGEST_KEPT_LIST);
        var containers = new ArrayList<ContainerSnapshot>();
        var unreadable = 0;
        var kept = OwnLabels.and(labels);
        while (answer.nextToken() != JsonToken.END_ARRAY) {
            // Also for one that is left out: a list must not be endless.
            budget.spend("");
            var container = ContainerAnswer.inList(answer, kept);
            if (container.isReadable() && container.has(labels)) {
                var snapshot = container.snapshot();
                budget.spend(snapshot);
                containers.add(snapshot);
            } else {
                unreadable++;
            }
            next.run();
        }
        return new Listed(containers, unreadable);
    }

    /** Nothing where there is none. */
    Optional<ContainerAnswer> inspect(String container) {
        try {
            var answer = query.get(
                    "/containers/" + DockerQuery.encode(container) + "/json",
                    LARGEST_CONTAINER,
                    json -> new ContainerAnswer(json, new AnswerBudget("container", LARGEST_KEPT_CONTAINER)));
            if (!answer.isReadable()) {
                throw new IllegalArgumentException("no container");
            }
            return Optional.of(answer);
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
