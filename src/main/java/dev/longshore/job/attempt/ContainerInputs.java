package dev.longshore.job.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.RegistryCredentials;
import dev.longshore.job.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a container gets from Secrets and ConfigMaps. Never printed.
 *
 * @param environment all variables, by name
 * @param secretEnvironment names of those whose value came from a Secret
 * @param credentials of the image's registry, or null
 */
public record ContainerInputs(
        Map<String, String> environment,
        Set<String> secretEnvironment,
        List<ContainerSpec.File> files,
        RegistryCredentials credentials) {

    /** What must not be shown anywhere. */
    public List<byte[]> secretValues() {
        var values = new ArrayList<byte[]>();
        secretEnvironment.forEach(name -> values.add(environment.get(name).getBytes(UTF_8)));
        files.forEach(file -> values.add(file.content()));
        if (credentials != null) {
            credentials.secrets().forEach(secret -> values.add(secret.getBytes(UTF_8)));
        }
        return values;
    }

    /** Of memory, roughly. */
    public long bytes() {
        return environment.values().stream().mapToLong(String::length).sum()
                + files.stream().mapToLong(file -> file.content().length).sum();
    }

    /** By which it is known later whether the container would get the same now; of no use to find a value by. */
    public String digest() {
        var digest = new Digests();
        new TreeMap<>(environment)
                .forEach((name, value) -> digest.add(name.getBytes(UTF_8)).add(value.getBytes(UTF_8)));
        files.forEach(file -> digest.add(file.path().getBytes(UTF_8)).add(file.content()));
        return digest.value();
    }

    @Override
    public String toString() {
        return "ContainerInputs" + environment.keySet();
    }
}
