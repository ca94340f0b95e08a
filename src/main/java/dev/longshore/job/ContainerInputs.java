package dev.longshore.job;

import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerConfigJson;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a container gets from Secrets and ConfigMaps. Never printed.
 *
 * @param environment all variables, by name
 * @param secretEnvironment names of those whose value came from a Secret
 * @param credentials of registries, the first that fits wins
 */
record ContainerInputs(
        Map<String, String> environment,
        Set<String> secretEnvironment,
        List<ContainerSpec.File> files,
        List<DockerConfigJson> credentials,
        Set<String> secretValues) {
    @Override
    public String toString() {
        return "ContainerInputs" + environment.keySet();
    }
}
