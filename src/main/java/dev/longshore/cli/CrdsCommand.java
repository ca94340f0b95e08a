package dev.longshore.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longshore crds}. */
@Command(
        name = "crds",
        description = "Print the CustomResourceDefinitions, for kubectl apply --server-side -f -.",
        mixinStandardHelpOptions = true)
final class CrdsCommand implements Runnable {
    private static final List<String> KINDS =
            List.of("dockerhosts", "containertemplates", "containerjobs", "containercronjobs");

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        definitions().forEach(out::print);
        out.flush();
    }

    /** One document each, beginning with {@code ---}. */
    static List<String> definitions() {
        return KINDS.stream()
                .map(kind -> read("/crds/" + kind + ".longshore.dev.yaml"))
                .toList();
    }

    private static String read(String resource) {
        try (InputStream stream = CrdsCommand.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("this jar was built without " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("failed to read this jar: " + e.getMessage(), e);
        }
    }
}
