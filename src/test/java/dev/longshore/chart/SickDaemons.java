package dev.longshore.chart;

import static dev.longshore.testing.HostileAnswers.endless;
import static dev.longshore.testing.HostileAnswers.endlessHeader;
import static dev.longshore.testing.HostileAnswers.json;
import static dev.longshore.testing.HostileAnswers.listed;
import static dev.longshore.testing.HostileAnswers.silent;
import static dev.longshore.testing.HostileAnswers.trickle;

import dev.longshore.testing.HostileDaemon;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Daemons, and a registry, that answer what no well-meaning one would. */
final class SickDaemons implements Closeable {
    private static final int OF_EACH = 3;
    private static final long TRICKLE_MILLIS = 3000;

    /** By the name of the host that is to have it. */
    private final Map<String, HostileDaemon> daemons = new LinkedHashMap<>();

    private final HostileDaemon registry;

    /** @param victim a host, whose containers one of them claims to have */
    SickDaemons(String victim) throws IOException {
        for (var i = 0; i < OF_EACH; i++) {
            add("silent-" + i).on("", silent());
            add("trickle-" + i).on("GET /version", trickle("{\"a\": \"", TRICKLE_MILLIS));
            add("header-" + i).on("GET /version", endlessHeader());
            add("endless-" + i).on("GET /containers/json", endless("[{\"Id\": \"a\"}", ", {\"Id\": \"a\"}"));
        }
        add("nameless").on("GET /containers/json", (request, client) -> {
            var fields = new HashMap<String, Object>();
            fields.put("Names", null);
            json(List.of(listed(request, fields))).to(request, client);
        });
        add("forger").on("GET /containers/json", (request, client) -> {
            var labels = new LinkedHashMap<>(request.labels());
            labels.put("longshore.dev/host", victim);
            json(List.of(listed(request, Map.of("Labels", labels)))).to(request, client);
        });
        registry = new HostileDaemon().on("", silent()).on("GET /v2/", json(Map.of()));
    }

    private HostileDaemon add(String name) throws IOException {
        var daemon = new HostileDaemon();
        daemons.put(name, daemon);
        return daemon;
    }

    /** The endpoint of each, by the name of its host. */
    Map<String, String> endpoints() {
        var endpoints = new LinkedHashMap<String, String>();
        daemons.forEach((name, daemon) -> endpoints.put(name, daemon.endpoint()));
        return endpoints;
    }

    /** An image that never arrives. */
    String image(int number) {
        return registry.endpoint().replace("tcp://", "") + "/never-" + number;
    }

    @Override
    public void close() throws IOException {
        for (var daemon : daemons.values()) {
            daemon.close();
        }
        registry.close();
    }
}
