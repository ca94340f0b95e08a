package dev.longshore.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code helm}, as far as the pages use it, by Helm's own library. {@code --wait} is taken and not done: where no kubelet
 * is, no pod becomes ready.
 */
final class HelmStandIn {
    private final List<String> message = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Path kubeconfig = Path.of(System.getenv("KUBECONFIG"));
    private String namespace = "default";
    private boolean createNamespace;
    private boolean reuseValues;
    private boolean install;

    private HelmStandIn(String... arguments) {
        var left = List.of(arguments).iterator();
        while (left.hasNext()) {
            var argument = left.next();
            switch (argument) {
                case "--namespace", "-n" -> namespace = left.next();
                case "--set" -> set(left.next());
                case "--create-namespace" -> createNamespace = true;
                case "--reuse-values" -> reuseValues = true;
                case "--install" -> install = true;
                case "--wait" -> {}
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("not known to the stand-in for helm: " + argument);
                    }
                    message.add(argument);
                }
            }
        }
    }

    /** Such as {@code image.tag=1} and {@code names={a,b}}. */
    @SuppressWarnings("unchecked")
    private void set(String assignment) {
        var parts = assignment.split("=", 2);
        var path = List.of(parts[0].split("\\."));
        var map = values;
        for (var name : path.subList(0, path.size() - 1)) {
            map = (Map<String, Object>) map.computeIfAbsent(name, missing -> new LinkedHashMap<String, Object>());
        }
        map.put(path.get(path.size() - 1), value(parts[1]));
    }

    private static Object value(String text) {
        if (text.startsWith("{")) {
            return List.of(text.substring(1, text.length() - 1).split(","));
        }
        return text.matches("\\d+") ? (Object) Integer.valueOf(text) : text;
    }

    private Path valuesFile() throws IOException {
        var file = Files.createTempFile("values", ".json");
        file.toFile().deleteOnExit();
        new ObjectMapper().writeValue(file.toFile(), values);
        return file;
    }

    public static void main(String... arguments) throws IOException {
        System.out.println(new HelmStandIn(arguments).run());
    }

    private String run() throws IOException {
        return switch (message.get(0)) {
            case "install" -> install(message.get(1), chart(2));
            case "upgrade" -> upgrade(message.get(1), chart(2));
            case "uninstall" ->
                Helm.uninstall(message.get(1))
                        .withNamespace(namespace)
                        .withKubeConfig(kubeconfig)
                        .call();
            case "show" -> chart(2).show().crds().call();
            default -> throw new IllegalArgumentException("not known to the stand-in for helm: " + message);
        };
    }

    private Helm chart(int argument) {
        return new Helm(Path.of(message.get(argument)).toAbsolutePath());
    }

    private String install(String name, Helm chart) throws IOException {
        var command = chart.install()
                .withName(name)
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                .withValuesFile(valuesFile());
        return (createNamespace ? command.createNamespace() : command).call().getStatus();
    }

    private String upgrade(String name, Helm chart) throws IOException {
        var command = chart.upgrade()
                .withName(name)
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                .withValuesFile(valuesFile());
        command = createNamespace ? command.createNamespace() : command;
        command = reuseValues ? command.reuseValues() : command;
        return (install ? command.install() : command).call().getStatus();
    }
}
