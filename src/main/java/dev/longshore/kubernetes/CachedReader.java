package dev.longshore.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.List;

/**
 * Reads a resource for a cache. One that cannot be understood is no error: it comes as its metadata alone, so that a list or
 * a watch goes on with the others. One that is large comes as a stub, so that a cache is bounded by how many there are.
 */
final class CachedReader<S, T, R extends CustomResource<S, T>> extends StdDeserializer<R> {
    private static final long serialVersionUID = 1L;

    /** Spec and status of most jobs, as JSON, are a tenth of it. */
    static final long WHOLE = 16 * 1024;

    private static final List<String> UNUSED = List.of("managedFields", "annotations");
    /** What only some kinds need, and then little of. */
    private static final List<String> UNBOUNDED = List.of("labels", "ownerReferences");

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
        var metadata = metadata(node);
        try {
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

    private R read(JsonNode node, ObjectMeta metadata) throws JacksonException {
        var specBytes = JsonSize.of(node.path("spec"));
        var status = node.get("status");
        if (status instanceof ObjectNode fields) {
            // Read live where they are needed.
            fields.remove("logs");
        }
        var resource = kind.make().get();
        resource.setMetadata(metadata);
        var spec = node.hasNonNull("spec") ? mapper.treeToValue(node.get("spec"), kind.spec()) : null;
        // A bookmark has none.
        resource.setSpec(spec == null ? kind.nothing().get() : spec);
        resource.setStatus(status == null ? null : mapper.treeToValue(status, kind.status()));
        var isLarge = specBytes > WHOLE || status != null && specBytes + JsonSize.of(status) > WHOLE;
        return isLarge ? kind.stub().apply(resource, specBytes) : resource;
    }

    private T statusOrNothing(JsonNode node) {
        try {
            var status = node.get("status");
            return status == null || JsonSize.of(status) > WHOLE ? null : mapper.treeToValue(status, kind.status());
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            return null;
        }
    }

    private ObjectMeta metadata(JsonNode node) throws JacksonException {
        if (!(node.get("metadata") instanceof ObjectNode fields)) {
            return new ObjectMeta();
        }
        fields.remove(UNUSED);
        if (JsonSize.of(fields) > WHOLE) {
            fields.remove(UNBOUNDED);
        }
        return mapper.treeToValue(fields, ObjectMeta.class);
    }
}
