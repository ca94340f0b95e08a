package dev.longshore.client;

import dev.longshore.api.DockerHost;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.regex.Pattern;

/** Resources by their names. */
public final class Lookup {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private Lookup() {}

    /**
     * A resource that has to be there.
     *
     * @param namespace null for the client's
     * @param written its name, which may follow its kind as in what {@code -o name} prints
     * @throws IllegalArgumentException if it is not, with the nearest name that is
     */
    public static <T extends HasMetadata> T find(
            KubernetesClient client, Class<T> kind, String namespace, String written) {
        var name = name(kind, written);
        var where = namespace == null ? client.getNamespace() : namespace;
        var resources = client.resources(kind).inNamespace(where);
        var found = resources.withName(name).get();
        if (found != null) {
            return found;
        }
        // Fails itself where the kind is not there.
        var names = resources.list().getItems().stream()
                .map(other -> other.getMetadata().getName())
                .toList();
        throw new IllegalArgumentException("there is no " + HasMetadata.getKind(kind) + " " + name
                + " in the namespace " + where + Nearest.suggestion(name, names));
    }

    /**
     * Checks that a host is there. One of another namespace may be one to run on but not to look at.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void checkHost(KubernetesClient client, HostPattern host) {
        try {
            find(client, DockerHost.class, host.namespace(), host.name());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
        }
    }

    static <T extends HasMetadata> String name(Class<T> kind, String written) {
        var word = HasMetadata.getSingular(kind);
        var name = written.replaceFirst(
                "(?i)^" + word + "s?(" + Pattern.quote("." + HasMetadata.getGroup(kind)) + ")?/", "");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + written + "' is not a name of a " + HasMetadata.getKind(kind)
                    + ": " + "lower case letters, " + "digits, '-' and '.' make one");
        }
        return name;
    }

    /** As {@code -o name} prints it. */
    public static String qualified(HasMetadata resource) {
        var kind = resource.getClass();
        return HasMetadata.getSingular(kind).toLowerCase(Locale.ROOT) + "." + HasMetadata.getGroup(kind) + "/"
                + resource.getMetadata().getName();
    }
}
