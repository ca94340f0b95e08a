package dev.longshore.client;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.names.Nearest;
import dev.longshore.proxy.Proxies;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds a cluster as kubectl does: the client library itself uses another context for a missing one. */
public final class Kubeconfig {
    private static final String SERVICE_HOST = "KUBERNETES_SERVICE_HOST";

    /** Without a scheme, it is http. */
    private static final Pattern SERVER = Pattern.compile("(https?://)?[^\\s/?#]+(/\\S*)?");

    private final List<Path> files;
    private final List<io.fabric8.kubernetes.api.model.Config> configs;

    private Kubeconfig(List<Path> files) {
        this.files = files;
        configs = files.stream().map(Kubeconfig::read).filter(Objects::nonNull).toList();
    }

    /**
     * How to reach a cluster.
     *
     * @param kubeconfig or null for the files of KUBECONFIG, ~/.kube/config, or the service account
     * @param context or null for the current one
     * @throws IllegalArgumentException with the problem of the kubeconfig on one line
     */
    public static Config config(Path kubeconfig, String context) {
        var places = kubeconfig == null
                ? Config.getKubeconfigFilenames().stream()
                        .filter(file -> !file.isBlank())
                        .map(Path::of)
                        .toList()
                : List.of(kubeconfig);
        var files = places.stream()
                .filter(file -> kubeconfig != null || Files.exists(file))
                .toList();
        if (!files.isEmpty()) {
            var known = new Kubeconfig(files);
            var chosen = known.context(context);
            var cluster = known.cluster(chosen);
            var config = kubeconfig == null
                    ? Config.autoConfigure(context)
                    : Config.fromKubeconfig(context, kubeconfig.toFile());
            known.checkCredentials(chosen, config);
            known.user(chosen).ifPresent(user -> actAs(user, config));
            if (cluster.getProxyUrl() == null) {
                setProxy(config);
            } else {
                // A proxy set in the kubeconfig applies without exceptions.
                config.setNoProxy(new String[0]);
            }
            return config;
        }
        if (System.getenv(SERVICE_HOST) == null) {
            throw new IllegalArgumentException("no kubeconfig found at "
                    + places.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ": set --kubeconfig or KUBECONFIG");
        }
        if (context != null) {
            throw new IllegalArgumentException("--context " + context + " requires a kubeconfig, and none was found");
        }
        var config = Config.autoConfigure(null);
        setProxy(config);
        return config;
    }

    private static void setProxy(Config config) {
        var proxy =
                Proxies.to(URI.create(config.getMasterUrl()), System.getenv()).orElse(null);
        config.setHttpProxy(proxy);
        config.setHttpsProxy(proxy);
        config.setNoProxy(new String[0]);
    }

    private static io.fabric8.kubernetes.api.model.Config read(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("kubeconfig " + file + " does not exist: check --kubeconfig");
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("kubeconfig " + file + " is a directory: specify the file");
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("failed to read kubeconfig " + file + ": permission denied");
        }
        try (var stream = Files.newInputStream(file)) {
            return Serialization.unmarshal(stream, io.fabric8.kubernetes.api.model.Config.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("failed to read kubeconfig " + file + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // Without the parser's message: it quotes the file, which holds credentials.
            throw new IllegalArgumentException(
                    "kubeconfig " + file + " is invalid: correct it, or choose another with --kubeconfig", e);
        }
    }

    private NamedContext context(String wanted) {
        var contexts = all(config -> config.getContexts());
        var names = contexts.stream().map(NamedContext::getName).distinct().toList();
        var name = wanted != null ? wanted : current().orElse(null);
        if (name == null) {
            throw new IllegalArgumentException(this + " has no current context: choose one with --context"
                    + (names.isEmpty() ? "" : ": " + String.join(", ", names)));
        }
        return contexts.stream()
                .filter(named -> named.getName().equals(name) && named.getContext() != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        this + " has no context " + name + Nearest.suggestion(name, names)));
    }

    private Cluster cluster(NamedContext context) {
        var name = context.getContext().getCluster();
        var cluster = all(config -> config.getClusters()).stream()
                .filter(named -> named.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(this + ": context " + context.getName()
                        + " refers to cluster " + name + ", which does not exist"));
        var server = cluster.getCluster() == null ? null : cluster.getCluster().getServer();
        if (server == null || !SERVER.matcher(server).matches()) {
            throw new IllegalArgumentException(this + ": cluster " + name + " has "
                    + (server == null ? "no server" : "the server '" + server + "'")
                    + ": must be like https://host:6443");
        }
        return cluster.getCluster();
    }

    /** The client library continues as anonymous if a credential plugin returns no credentials. */
    private void checkCredentials(NamedContext context, Config config) {
        user(context)
                .map(AuthInfo::getExec)
                .filter(command -> config.getAutoOAuthToken() == null
                        && config.getClientCertData() == null
                        && config.getClientCertFile() == null)
                .ifPresent(command -> {
                    throw new IllegalArgumentException(this + ": the command " + command.getCommand()
                            + " returned no credentials for user "
                            + context.getContext().getUser()
                            + ": run it to see why");
                });
    }

    private Optional<AuthInfo> user(NamedContext context) {
        var name = context.getContext().getUser();
        return all(from -> from.getUsers()).stream()
                .filter(named -> named.getName().equals(name))
                .findFirst()
                .map(NamedAuthInfo::getUser);
    }

    /** As kubectl does for a user with {@code as}; the client does not read it, and would act with all of the user's rights. */
    private static void actAs(AuthInfo user, Config config) {
        if (user.getAs() != null) {
            config.setImpersonateUsername(user.getAs());
            config.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
            config.setImpersonateExtras(user.getAsUserExtra());
        }
    }

    /** Of the first file that has one. */
    private Optional<String> current() {
        return configs.stream()
                .map(config -> requireNonNullElse(config.getCurrentContext(), ""))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private <T> List<T> all(Function<io.fabric8.kubernetes.api.model.Config, List<T>> part) {
        return configs.stream()
                .map(part)
                .flatMap(list -> list == null ? Stream.empty() : list.stream())
                .toList();
    }

    @Override
    public String toString() {
        return "kubeconfig " + files.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
