package dev.longshore.docker;

/** Credentials for a registry; an identity token stands in for user name and password. Never printed. */
public record RegistryCredentials(String registry, String username, String password, String identityToken) {
    @Override
    public String toString() {
        return "RegistryCredentials[" + registry + "]";
    }
}
