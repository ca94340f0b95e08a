package dev.longshore.django;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The fields of a container that templates, jobs of release 1.0.14 and overrides have in common. */
final class ContainerFields {
    private static final int MILLI = 1000;

    private final Conversion conversion;
    private final Row row;
    private final Resource resource;

    ContainerFields(Conversion conversion, Row row, Resource resource) {
        this.conversion = conversion;
        this.row = row;
        this.resource = resource;
    }

    /** Docker's command is {@code args} here, its entrypoint {@code command}. */
    void command(String from, ObjectNode spec, String to) {
        var original = row.text(from);
        if (original.isBlank()) {
            return;
        }
        ShellSplit.Arguments arguments;
        Set<String> special;
        try {
            special = ShellSplit.split(original).special();
            // A secret could have been split, too.
            arguments = ShellSplit.split(conversion.secrets.inField(original));
        } catch (InvalidRowException e) {
            throw new InvalidRowException(from + " " + e.getMessage());
        }
        var list = spec.putArray(to);
        arguments.list().forEach(argument -> list.add(conversion.masked(from, argument, resource)));
        conversion.reportSecret(from, original, resource);
        if (!special.isEmpty()) {
            resource.notes()
                    .add(
                            from + " has " + String.join(" ", special)
                                    + " outside of single quotes: no shell interprets it, unless the image's entrypoint is one");
        }
    }

    void text(String from, ObjectNode spec, String to) {
        var value = conversion.field(row, from, resource);
        if (!value.isEmpty()) {
            spec.put(to, value);
        }
    }

    void limits(String memory, String cpu, ObjectNode spec) {
        var limits = JsonNodeFactory.instance.objectNode();
        row.number(cpu).ifPresent(cores -> limits.put("cpu", cpu(cores)));
        // Docker's m is a MiB.
        row.whole(memory).ifPresent(megabytes -> limits.put("memory", megabytes + "Mi"));
        if (!limits.isEmpty()) {
            spec.putObject("resources").set("limits", limits);
        }
    }

    private static String cpu(BigDecimal cores) {
        var milli = cores.multiply(BigDecimal.valueOf(MILLI))
                .setScale(0, RoundingMode.HALF_UP)
                .max(BigDecimal.ONE)
                .toBigInteger()
                .longValue();
        return milli % MILLI == 0 ? String.valueOf(milli / MILLI) : milli + "m";
    }

    void timeout(String from, ObjectNode spec) {
        row.whole(from).ifPresent(seconds -> spec.put("timeoutSeconds", seconds));
    }

    /** @param networks aliases by the network's name */
    void networks(Map<String, Set<String>> networks, ObjectNode spec) {
        if (networks.isEmpty()) {
            return;
        }
        var only = networks.size() == 1 ? networks.keySet().iterator().next() : "";
        if (only.equals("bridge") || only.equals("default")) {
            return;
        }
        if (only.equals("host") || only.equals("none")) {
            spec.put("networkMode", only);
            if (only.equals("host")) {
                resource.notes().add("network host needs policy.allowHostNetwork: true in the DockerHost");
            }
            return;
        }
        var list = spec.putArray("networks");
        networks.forEach((name, aliases) -> {
            var entry = list.addObject().put("name", conversion.masked("the name of a network", name, resource));
            if (!aliases.isEmpty() && !name.equals("bridge")) {
                var all = entry.putArray("aliases");
                aliases.forEach(alias -> all.add(conversion.masked("an alias", alias, resource)));
            }
        });
    }

    /** Adds one to {@code networks}. */
    static void addNetwork(JsonNode name, JsonNode aliases, Map<String, Set<String>> networks) {
        if (!name.isTextual() || name.asText().isEmpty()) {
            throw new InvalidRowException("network_name is not a string, or empty");
        }
        if (!aliases.isArray() && !aliases.asText("").isEmpty()) {
            throw new InvalidRowException("aliases must be a list");
        }
        var all = networks.computeIfAbsent(name.asText(), key -> new LinkedHashSet<>());
        for (var alias : aliases) {
            if (!alias.isTextual()) {
                throw new InvalidRowException("aliases must be a list of strings");
            }
            all.add(alias.asText());
        }
    }

    /** Those of a job of release 1.0.14, which ignores entries without a name. */
    Map<String, Set<String>> networks(String field) {
        var networks = new LinkedHashMap<String, Set<String>>();
        var configured = row.field(field);
        if (!configured.isArray() && !configured.isNull() && !configured.isMissingNode()) {
            throw new InvalidRowException(field + " must be a list");
        }
        for (var each : configured) {
            if (!each.isObject()) {
                throw new InvalidRowException(field + " must be a list of objects");
            }
            if (!each.path("network_name").asText("").isEmpty()) {
                addNetwork(each.path("network_name"), each.path("aliases"), networks);
            }
        }
        return networks;
    }
}
