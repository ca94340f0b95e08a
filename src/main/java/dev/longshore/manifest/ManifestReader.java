package dev.longshore.manifest;

import dev.longshore.names.Nearest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks manifests from files, folders and standard input. One use. */
public final class ManifestReader {
    private final Purpose purpose;
    private final Overrides overrides;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> unread = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final Map<String, Manifest> first = new HashMap<>();

    public ManifestReader(Purpose purpose) {
        this(purpose, Overrides.NONE);
    }

    public ManifestReader(Purpose purpose, Overrides overrides) {
        this.purpose = purpose;
        this.overrides = overrides;
    }

    /**
     * Reads all {@code files}: {@code -} is standard input, a directory stands for the YAML and JSON files in it.
     *
     * @throws InvalidManifestsException with all problems
     */
    public List<Manifest> read(List<String> files, InputStream standardInput) {
        var reading = new ManifestFiles(standardInput, unread, this::parse);
        files.forEach(reading::read);
        documents.forEach(this::add);
        if (unread.isEmpty() && problems.isEmpty() && manifests.isEmpty() && notes.isEmpty()) {
            unread.add(Problem.of(String.join(", ", sources), "no resources found"));
        }
        var check = new ManifestCheck(purpose, problems);
        manifests.forEach(check::check);
        if (unread.isEmpty()) {
            // Otherwise, what they refer to may be in the part that could not be read.
            problems.addAll(References.problems(manifests, purpose, overrides));
        }
        problems.addAll(unread);
        if (!problems.isEmpty()) {
            problems.sort(Comparator.<Problem>comparingInt(problem -> sources.indexOf(problem.source()))
                    .thenComparing(Problem::position, Comparator.nullsFirst(Comparator.naturalOrder())));
            throw new InvalidManifestsException(problems);
        }
        return manifests;
    }

    /** Resources that were skipped. */
    public List<Problem> notes() {
        return notes;
    }

    private void parse(String source, String text) {
        sources.add(source);
        documents.addAll(YamlReader.read(source, text, unread, problems));
    }

    private void add(Document document) {
        var content = document.content();
        if (content.isNull()) {
            return;
        }
        if (!content.isObject()) {
            report(
                    document,
                    "not a manifest: must be a mapping with apiVersion, kind and metadata, not of type "
                            + SchemaValues.type(content));
            return;
        }
        var apiVersion = content.path("apiVersion").asText();
        var kind = content.path("kind").asText();
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            report(document, "not a manifest: " + (apiVersion.isEmpty() ? "apiVersion" : "kind") + " is not set");
        } else if (kind.endsWith("List") && content.path("items").isArray()) {
            for (int i = 0; i < content.path("items").size(); i++) {
                add(document.item(i));
            }
        } else if (apiVersion.equals(Schemas.KINDS.get(kind))) {
            add(Manifest.of(document));
        } else if (Schemas.isMeantAsOurs(apiVersion, kind)) {
            report(document, unknownKind(apiVersion, kind));
        } else {
            passOver(document, apiVersion + " " + kind);
        }
    }

    private void add(Manifest manifest) {
        manifests.add(manifest);
        var before = first.putIfAbsent(manifest.toString(), manifest);
        if (before != null && !manifest.name().isEmpty()) {
            manifest.findings(problems).add("", "defined twice, first in " + before.source() + ":" + before.position());
        }
    }

    private static String unknownKind(String apiVersion, String kind) {
        return Schemas.KINDS.containsKey(kind)
                ? kind + " must have apiVersion " + Schemas.KINDS.get(kind) + ", not " + apiVersion
                : "no kind " + kind + " in " + apiVersion + Nearest.suggestion(kind, Schemas.KINDS.keySet());
    }

    private void passOver(Document document, String kind) {
        var known = String.join(", ", Schemas.KINDS.keySet());
        if (purpose.refusesOtherKinds()) {
            report(document, kind + " is not supported without a cluster; supported kinds: " + known);
        } else {
            notes.add(Problem.at(
                    document.source(),
                    document.position(""),
                    "note: " + kind + " is not checked; checked kinds: " + known));
        }
    }

    private void report(Document document, String what) {
        problems.add(Problem.at(document.source(), document.position(""), what));
    }
}
