package dev.longshore.django;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What all parts of the conversion share: the dump, and the resources so far. One thread. */
final class Conversion {
    final Dump dump;
    final Secrets secrets;
    final Notes notes;
    final ImportOptions options;
    final Names secretNames = new Names();

    final List<Resource> hosts = new ArrayList<>();
    final List<Resource> secretResources = new ArrayList<>();
    final List<Resource> templates = new ArrayList<>();
    final List<Resource> jobs = new ArrayList<>();

    Conversion(Dump dump, Secrets secrets, Notes notes, ImportOptions options) {
        this.dump = dump;
        this.secrets = secrets;
        this.notes = notes;
        this.options = options;
    }

    /** Converts each object of a model; one that is not valid is skipped. */
    <T> Map<String, T> each(String model, Function<Row, T> convert) {
        var converted = new HashMap<String, T>();
        for (var row : dump.rows(model)) {
            try {
                converted.put(row.key(), convert.apply(row));
            } catch (InvalidRowException e) {
                notes.skip(row, e.getMessage());
            }
        }
        return converted;
    }

    Resource resource(String kind, String name, Row row) {
        return Resource.of(Resource.OURS, kind, options.namespace(), name, kind + " from " + row);
    }

    Resource secret(String name, String origin) {
        return Resource.of("v1", "Secret", options.namespace(), name, origin);
    }

    /** A text of the dump, for a field of the resource. */
    String field(Row row, String field, Resource resource) {
        return masked(field, row.text(field), resource);
    }

    String masked(String field, String text, Resource resource) {
        reportSecret(field, text, resource);
        return secrets.inField(text);
    }

    /** Notes where a text has a secret in it. */
    void reportSecret(String field, String text, Resource resource) {
        if (!secrets.inMessage(text).equals(text)) {
            resource.notes()
                    .add(field + " contains a secret: "
                            + (options.includeSecrets()
                                    ? "everyone can read it who can read the resource"
                                    : "replace ***"));
        }
    }

    /** @throws InvalidRowException if the API server would refuse it */
    void add(List<Resource> to, Row row, Resource resource) {
        to.add(resource.checked());
        resource.notes().forEach(note -> notes.addOfResource(row, note));
    }

    /** The Secret of an owner that is added afterward, if it has one. */
    void addSecret(Row row, SecretData data) {
        data.resource(row, options.namespace(), options.includeSecrets())
                .ifPresent(secret -> add(secretResources, row, secret));
    }

    Stream<Resource> all() {
        return Stream.of(hosts, secretResources, templates, jobs).flatMap(List::stream);
    }
}
