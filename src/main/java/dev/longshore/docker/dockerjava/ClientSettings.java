package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;

/** Settings of docker-java that come from a DockerHost alone: nothing from the environment or a home folder. */
record ClientSettings(String uri, String apiVersion) implements DockerClientConfig {
    @Override
    public URI getDockerHost() {
        return URI.create(uri);
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return RemoteApiVersion.parseConfig(apiVersion);
    }

    @Override
    public String getRegistryUsername() {
        return null;
    }

    @Override
    public String getRegistryPassword() {
        return null;
    }

    @Override
    public String getRegistryEmail() {
        return null;
    }

    @Override
    public String getRegistryUrl() {
        return AuthConfig.DEFAULT_SERVER_ADDRESS;
    }

    @Override
    public AuthConfig effectiveAuthConfig(String imageName) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    /** The transport has it already. */
    @Override
    public SSLConfig getSSLConfig() {
        return null;
    }
}
