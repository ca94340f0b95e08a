package dev.longshore.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a resource for a cache. One that cannot be understood is no error: it comes as its metadata alone, so that a list or
 * a watch goes on with the others. One that is large comes as a stub, so that a cache is bounded by how many there are.
 */
final class CachedReader<S, T, R extends CustomResource<S, T>> extends StdDeserializer<R> {
    private static final long serialVersionUID = 1L;

    /** Spec and status of most jobs, as JSON, are a tenth of it. */
    static final long WHOLE = 16 * 1024;
    /** And as {@link JsonSize#inMemory} estimates, since small texts are large there: of most jobs, a third. */
    static final long WHOLE_IN_MEMORY = 32 * 1024;

    private static final String FINALIZERS = "finalizers";
    private static final List<String> UNUSED = List.of("managedFields", "annotations");
    /** What only some kinds need, and then little of. */
    private static final List<String> UNBOUNDED = List.of("labels", "ownerReferences");
    /** What is left of metadata that is too large: all that are short. */
    private static final List<String> LEAST = List.of(
            "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp");
    /** An operator adds its own behind those that it finds, and none to what it cannot read. */
    private static final int MOST_FINALIZERS = 100;

    private static final int LONGEST_FINALIZER = 100;
    private static final String OWN_FINALIZERS = "longshore.dev/";

    private final transient CachedKind<S, T, R> kind;
    private final transient ObjectMapper mapper;
    private final transient Unreadable unreadable;

    CachedReader(CachedKind<S, T, R> kind, ObjectMapper mapper, Unreadable unreadable) {
        super(kind.type());
        this.kind = kind;
        this.mapper = mapper;
        this.unreadable = unreadable;
    }

    @Override
    public R deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode node = mapper.readTree(parser);
        var written = node.get("metadata") instanceof ObjectNode fields ? fields : mapper.createObjectNode();
        written.remove(UNUSED);
        if (isLarge(written)) {
            written.remove(UNBOUNDED);
        }
        var metadataBytes = JsonSize.of(written);
        var isTooMuch = isLarge(written);
        if (isTooMuch) {
            keepLeast(written);
        }
        if (node.get("status") instanceof ObjectNode status) {
            // Read live where they are needed, but for where the whole log is.
            status.remove("results");
            if (!(status.get("logs") instanceof ObjectNode logs)
                    || logs.retain("archive").isEmpty()) {
                status.remove("logs");
            }
        }
        var metadata = mapper.treeToValue(written, ObjectMeta.class);
        try {
            if (isTooMuch) {
                throw new IllegalArgumentException("its metadata is " + metadataBytes
                        + " bytes as JSON without labels, annotations and owners, mostly finalizers");
            }
            return read(node, metadata);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            unreadable.met(kind.type().getSimpleName(), metadata, e);
            var rest = kind.make().get();
            rest.setMetadata(metadata);
            rest.setSpec(kind.nothing().get());
            rest.setStatus(statusOrNothing(node));
            LeftOut.markUnreadable(rest);
            return rest;
        }
    }

    /** One finalizer is taken off by its place in the list: those up to the last that may be ours keep theirs. */
    private void keepLeast(ObjectNode metadata) {
        var all = metadata.get(FINALIZERS);
        metadata.retain(Stream.concat(LEAST.stream(), Stream.of(FINALIZERS)).toList());
        if (!(all instanceof ArrayNode)) {
            metadata.remove(FINALIZERS);
            return;
        }
        var kept = metadata.putArray(FINALIZERS);
        for (var i = 0; i < Math.min(all.size(), MOST_FINALIZERS); i++) {
            var text = all.get(i).asText();
            kept.add(text.startsWith(OWN_FINALIZERS) && text.length() < LONGEST_FINALIZER ? text : "");
        }
    }

    private R read(JsonNode node, ObjectMeta metadata) throws JacksonException {
        var spec = node.path("spec");
        var status = node.path("status");
        var resource = kind.make().get();
        resource.setMetadata(metadata);
        // A bookmark has none.
        resource.setSpec(
                node.hasNonNull("spec")
                        ? mapper.treeToValue(spec, kind.spec())
                        : kind.nothing().get());
        resource.setStatus(node.has("status") ? mapper.treeToValue(status, kind.status()) : null);
        return isLarge(spec, status) ? kind.stub().apply(resource, JsonSize.of(spec)) : resource;
    }

    private static boolean isLarge(JsonNode... parts) {
        return Stream.of(parts).mapToLong(JsonSize::of).sum() > WHOLE
                || Stream.of(parts).mapToLong(JsonSize::inMemory).sum() > WHOLE_IN_MEMORY;
    }

    private T statusOrNothing(JsonNode node) {
        try {
            var status = node.get("status");
            return status == null || isLarge(status) ? null : mapper.treeToValue(status, kind.status());
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            return null;
        }
    }
}
