package dev.longshore.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.client.Lookup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import picocli.CommandLine.Model.CommandSpec;

/** Prints resources as kubectl does. */
public final class ResourcePrinter {
    private ResourcePrinter() {}

    /** What was looked for, or that there is none. */
    public static <T extends HasMetadata> void printFound(
            CommandSpec command,
            KubernetesClient client,
            List<T> resources,
            OutputOptions.Format format,
            Columns<T> columns,
            boolean allNamespaces) {
        var isForPeople = format == OutputOptions.Format.TABLE || format == OutputOptions.Format.WIDE;
        if (resources.isEmpty() && isForPeople) {
            sayNone(command, client, allNamespaces);
        } else {
            print(
                    resources,
                    format,
                    columns,
                    allNamespaces,
                    command.commandLine().getOut());
        }
    }

    public static void sayNone(CommandSpec command, KubernetesClient client, boolean allNamespaces) {
        var err = command.commandLine().getErr();
        err.println("No resources found" + (allNamespaces ? "" : " in " + client.getNamespace() + " namespace."));
        err.flush();
    }

    /** @param allNamespaces whether the table says whose they are */
    public static <T extends HasMetadata> void print(
            List<T> resources,
            OutputOptions.Format format,
            Columns<T> columns,
            boolean allNamespaces,
            PrintWriter out) {
        switch (format) {
            case TABLE -> columns.table(resources, false, allNamespaces).print(out);
            case WIDE -> columns.table(resources, true, allNamespaces).print(out);
            case YAML -> out.print(yaml(list(resources)));
            case JSON -> out.println(json(list(resources)));
            case NAME -> resources.forEach(resource -> out.println(Lookup.qualified(resource)));
        }
        out.flush();
    }

    /** Resources that were named: one of them stands for itself, not in a list. */
    public static <T extends HasMetadata> void printNamed(
            List<T> resources, OutputOptions.Format format, Columns<T> columns, PrintWriter out) {
        if (resources.size() != 1) {
            print(resources, format, columns, false, out);
            return;
        }
        switch (format) {
            case YAML -> out.print(yaml(shown(resources.get(0))));
            case JSON -> out.println(json(shown(resources.get(0))));
            case TABLE, WIDE, NAME -> print(resources, format, columns, false, out);
        }
        out.flush();
    }

    public static String yaml(Object value) {
        return new KubernetesSerialization().asYaml(value);
    }

    /** A document with a comment at its beginning. */
    public static String yaml(Object value, String comment) {
        return yaml(value).replaceFirst("^---\n", Matcher.quoteReplacement("---\n# " + comment + "\n"));
    }

    /** As it is written in YAML and JSON. */
    static String value(Enum<?> value) {
        return new KubernetesSerialization().asJson(value).replace("\"", "");
    }

    /** On several lines. */
    public static String json(Object value) {
        var serialization = new KubernetesSerialization();
        return serialization
                .unmarshal(serialization.asJson(value), JsonNode.class)
                .toPrettyString();
    }

    /** Several resources as one, for machines. */
    static Map<String, Object> list(Collection<? extends HasMetadata> resources) {
        var list = new LinkedHashMap<String, Object>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", resources.stream().map(ResourcePrinter::shown).toList());
        return list;
    }

    /** Which field belongs to whom is of no interest to a reader. */
    private static <T extends HasMetadata> T shown(T resource) {
        resource.getMetadata().setManagedFields(null);
        return resource;
    }
}
