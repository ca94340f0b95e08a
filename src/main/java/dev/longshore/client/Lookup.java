package dev.longshore.client;

import dev.longshore.api.DockerHost;
import dev.longshore.names.Nearest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Resources by their names. */
public final class Lookup {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private Lookup() {}

    /**
     * Gets a resource that must exist.
     *
     * @param namespace null for the client's
     * @param written its name, optionally with the kind as printed by {@code -o name}
     * @throws IllegalArgumentException if it does not exist, with the closest name that does
     */
    public static <T extends HasMetadata> T find(
            KubernetesClient client, Class<T> kind, String namespace, String written) {
        var where = namespace == null ? client.getNamespace() : namespace;
        return get(client, kind, where, written).orElseThrow(() -> notFound(client, kind, where, written, ""));
    }

    /**
     * Gets a resource if it exists.
     *
     * @throws IllegalArgumentException if there can be none of this name
     */
    public static <T extends HasMetadata> Optional<T> get(
            KubernetesClient client, Class<T> kind, String namespace, String written) {
        return Optional.ofNullable(client.resources(kind)
                .inNamespace(namespace)
                .withName(name(kind, written))
                .get());
    }

    /**
     * What to throw for a resource that does not exist, with the closest name that does.
     *
     * @param elsewhere where else it is not, to follow "not found in namespace x"; or empty
     */
    public static <T extends HasMetadata> IllegalArgumentException notFound(
            KubernetesClient client, Class<T> kind, String namespace, String written, String elsewhere) {
        var name = name(kind, written);
        var resources = client.resources(kind).inNamespace(namespace);
        return new IllegalArgumentException(HasMetadata.getKind(kind) + " " + name + " not found in namespace "
                + namespace + elsewhere + Nearest.suggestion(name, names(resources)));
    }

    /** Fails if the kind does not exist; empty if listing is forbidden. */
    private static <T extends HasMetadata> List<String> names(Listable<? extends KubernetesResourceList<T>> resources) {
        return ifAllowed(() -> {
                    var names = new ArrayList<String>();
                    Pages.forEach(
                            resources,
                            null,
                            Pages.SIZE,
                            other -> names.add(other.getMetadata().getName()));
                    return names;
                })
                .orElseGet(ArrayList::new);
    }

    /** What a request returns; nothing if that is null, or the user may not do it. */
    static <T> Optional<T> ifAllowed(Supplier<T> request) {
        try {
            return Optional.ofNullable(request.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @throws IllegalArgumentException if this is not a valid name of a namespace */
    public static String namespace(String written) {
        return checked(written, written, "Namespace");
    }

    /**
     * Checks that a host exists. In another namespace, the user may be allowed to use it but not to get it.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static void checkHost(KubernetesClient client, HostPattern host) {
        ifAllowed(() -> find(client, DockerHost.class, host.namespace(), host.name()));
    }

    /**
     * The name alone.
     *
     * @param written optionally with the kind as printed by {@code -o name}
     * @throws IllegalArgumentException if there can be no resource of this name
     */
    public static <T extends HasMetadata> String name(Class<T> kind, String written) {
        return checked(prefix(kind).matcher(written).replaceFirst(""), written, HasMetadata.getKind(kind));
    }

    /** Whether a name has this kind before it, as printed by {@code -o name} or as one types it. */
    public static <T extends HasMetadata> boolean isQualified(Class<T> kind, String written) {
        return prefix(kind).matcher(written).find();
    }

    /** With the kind, a short name of it, or that of Kubernetes' own kind that does the same, such as cronjob. */
    private static <T extends HasMetadata> Pattern prefix(Class<T> kind) {
        var singular = HasMetadata.getSingular(kind);
        var shortNames = String.join("|", kind.getAnnotation(ShortNames.class).value());
        var group = Pattern.quote("." + HasMetadata.getGroup(kind));
        return Pattern.compile("(?i)^(" + singular + "s?(" + group + ")?|" + singular.replaceFirst("^container", "")
                + "s?|" + shortNames + ")/");
    }

    private static String checked(String name, String written, String kind) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + written + "' is not a valid name of a " + kind
                    + ": must consist of lower case letters, digits, '-' and '.'");
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
