package dev.longshore.django;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ContainerTemplates, with their variables and networks. */
final class TemplateConversion {
    private final Conversion conversion;
    private final Names names = new Names();
    private final Map<String, List<Row>> variables;
    private final Map<String, List<Row>> networks;

    TemplateConversion(Conversion conversion) {
        this.conversion = conversion;
        this.variables = byTemplate(Models.VARIABLE);
        this.networks = byTemplate(Models.NETWORK);
    }

    /** Their names by primary key. */
    Map<String, String> convert() {
        conversion
                .dump
                .rows(Models.TEMPLATE)
                .forEach(row -> names.reserve(
                        conversion.secrets.inField(row.field("name").asText(""))));
        return conversion.each(Models.TEMPLATE, this::template);
    }

    private Map<String, List<Row>> byTemplate(String model) {
        var rows = new HashMap<String, List<Row>>();
        conversion.each(model, row -> {
            var template = row.reference("template");
            if (conversion.dump.find(Models.TEMPLATE, template).isEmpty()) {
                throw new InvalidRowException(
                        template.isEmpty()
                                ? "template is not set"
                                : "template " + Notes.quoted(template) + " is not in the dump");
            }
            rows.computeIfAbsent(template, key -> new ArrayList<>()).add(row);
            return row;
        });
        return rows;
    }

    private String template(Row row) {
        return names.using(
                names.reserved(conversion.secrets.inField(row.required("name")), "template"),
                name -> template(row, name));
    }

    private String template(Row row, String name) {
        var template = conversion.resource("ContainerTemplate", name, row);
        var spec = template.spec();
        row.required("docker_image");
        var fields = new ContainerFields(conversion, row, template);
        fields.text("docker_image", spec, "image");
        fields.text("description", spec, "description");
        spec.put("active", row.flag("is_active", true));
        fields.command("entrypoint", spec, "command");
        fields.command("command", spec, "args");
        fields.text("working_directory", spec, "workingDir");
        var data = new SecretData(conversion.secretNames.of(name + "-env", "env"));
        var env = variables(row, template).env(row, template, data, conversion);
        if (!env.isEmpty()) {
            spec.set("env", env);
        }
        fields.networks(networks(row, template), spec);
        fields.limits("memory_limit", "cpu_limit", spec);
        fields.timeout("timeout_seconds", spec);
        spec.put("autoRemove", row.flag("auto_remove", true));
        conversion.add(conversion.templates, row, template);
        conversion.addSecret(row, data);
        return name;
    }

    private Variables variables(Row template, Resource resource) {
        var all = new Variables();
        for (var row : variables.getOrDefault(template.key(), List.of())) {
            try {
                var name = row.required("key");
                var value = row.text("value");
                if (!all.put(name, value, row.flag("is_secret", false) || SecretRule.isSecret(name, value))) {
                    resource.notes()
                            .add("variable " + Notes.quoted(name) + " is defined more than once: the last one is used");
                }
            } catch (InvalidRowException e) {
                resource.notes().add(row + " is skipped: " + e.getMessage());
            }
        }
        return all;
    }

    private Map<String, Set<String>> networks(Row template, Resource resource) {
        var all = new LinkedHashMap<String, Set<String>>();
        for (var row : networks.getOrDefault(template.key(), List.of())) {
            try {
                ContainerFields.addNetwork(row.field("network_name"), row.field("aliases"), all);
            } catch (InvalidRowException e) {
                resource.notes().add(row + " is skipped: " + e.getMessage());
            }
        }
        return all;
    }
}
