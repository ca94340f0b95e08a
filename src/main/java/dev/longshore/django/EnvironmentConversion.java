package dev.longshore.django;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;

/** The variables that jobs of release 1.0.14 share: their secrets become a Secret, the others a part of each job. */
final class EnvironmentConversion {
    private final Conversion conversion;

    EnvironmentConversion(Conversion conversion) {
        this.conversion = conversion;
    }

    /** Entries of {@code env} by primary key. */
    Map<String, ArrayNode> convert() {
        return conversion.each(Models.ENVIRONMENT, this::environment);
    }

    private ArrayNode environment(Row row) {
        var variables = new Variables();
        variables.putAll(row.field("environment_variables_text"), problem -> conversion.notes.add(row, problem));
        var data = new SecretData(conversion.secretNames.of(conversion.secrets.inField(row.required("name")), "env"));
        var origin = conversion.resource("Secret", data.name(), row);
        var env = variables.env(row, origin, data, conversion);
        // Notes about single variables belong to no resource of their own: several jobs have them.
        origin.notes().forEach(note -> conversion.notes.add(row, note));
        conversion.addSecret(row, data);
        if (env.size() > data.size()) {
            conversion.notes.add(row, "variables that are not secret have no resource of their own: each job has them");
        }
        return env;
    }
}
