package dev.longshore.docker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a daemon for its containers. What it says of one that cannot be read is left out, counted and logged. */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    /** An honest list of 10,000 containers takes a third of it. */
    private static final long LARGEST_LIST = 128L << 20;
    /** And of what is kept of it. */
    private static final long LARGEST_KEPT_LIST = 32L << 20;

    private static final long LARGEST_CONTAINER = 32L << 20;
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
        var listed = query.get(
                "/containers/json?all=1&filters=" + DockerQuery.filters(Map.of("label", wanted)),
                LARGEST_LIST,
                Snapshots::read);
        if (listed.unreadable() > 0 && listed.unreadable() != lastUnreadable) {
            LOG.warn(
                    "{}: the daemon's list of containers has {} entries that cannot be read; they are left out",
                    host,
                    listed.unreadable());
        }
        lastUnreadable = listed.unreadable();
        return listed.containers();
    }

    /** @param unreadable how many entries are left out */
    record Listed(List<ContainerSnapshot> containers, int unreadable) {}

    static Listed read(JsonParser answer) throws IOException {
        if (answer.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("no list of containers");
        }
        var budget = new AnswerBudget("the list of containers", LARGEST_KEPT_LIST);
        var containers = new ArrayList<ContainerSnapshot>();
        var unreadable = 0;
        for (var next = answer.nextToken(); next != JsonToken.END_ARRAY; next = answer.nextToken()) {
            budget.spend("");
            var container = new ContainerAnswer(answer, budget);
            if (container.isReadable()) {
                containers.add(container.snapshot());
            } else {
                unreadable++;
            }
        }
        return new Listed(containers, unreadable);
    }

    /** Nothing where there is none. */
    Optional<ContainerAnswer> inspect(String container) {
        try {
            var answer = query.get(
                    "/containers/" + DockerQuery.encode(container) + "/json",
                    LARGEST_CONTAINER,
                    json -> new ContainerAnswer(json, new AnswerBudget("a container", LARGEST_KEPT_CONTAINER)));
            if (!answer.isReadable()) {
                throw new IllegalArgumentException("no container");
            }
            return Optional.of(answer);
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
