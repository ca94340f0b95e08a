package dev.longshore.cli;

import dev.longshore.cli.terminal.Terminal;
import dev.longshore.django.DjangoImport;
import dev.longshore.django.ImportOptions;
import dev.longshore.django.Imported;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore import}. */
@Command(
        name = "import",
        description = {
            "Print manifests for a database dump of Django Docker Container Manager.",
            "",
            "Reads the output of manage.py dumpdata container_manager and prints DockerHosts, Secrets,"
                    + " ContainerTemplates and, with --jobs, ContainerJobs for kubectl apply. What cannot be carried over is"
                    + " a comment in the output and a line on stderr."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:bad usage, or not a dump; nothing was printed"})
final class ImportCommand implements Callable<Integer> {
    enum SecretValues {
        REDACT,
        INCLUDE;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Jobs {
        PENDING;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    @Parameters(paramLabel = "FILE", description = "Dump in JSON or JSON Lines, or - for standard input.")
    private String file;

    @Option(
            names = "--secrets",
            paramLabel = "redact|include",
            defaultValue = "redact",
            description = "Whether Secrets get placeholders, or the values of the dump. Default: redact.")
    private SecretValues secrets;

    @Option(
            names = "--jobs",
            paramLabel = "pending",
            description = "Also print the jobs that have not started. They are suspended.")
    private Jobs jobs;

    @Option(names = "--start", description = "With --jobs: do not suspend the jobs.")
    private boolean start;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace of all resources. Default: none, so that kubectl apply decides.")
    private String namespace;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Logging.quiet();
        if (start && jobs == null) {
            throw new IllegalArgumentException("--start requires --jobs pending");
        }
        if (namespace != null && !NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "invalid namespace '" + namespace
                            + "': must consist of up to 63 lower case letters, digits or '-', and start and end with a letter or digit");
        }
        var imported = read(new DjangoImport(
                new ImportOptions(namespace, secrets == SecretValues.INCLUDE, jobs == Jobs.PENDING, start)));
        imported.print(spec.commandLine().getOut());
        var err = spec.commandLine().getErr();
        imported.problems().forEach(problem -> err.println("longshore: " + Terminal.line(problem)));
        err.flush();
        return 0;
    }

    private Imported read(DjangoImport reader) throws IOException {
        if (file.equals("-")) {
            return reader.read("<stdin>", System.in);
        }
        if (file.isEmpty()) {
            throw new IllegalArgumentException("'': empty file name");
        }
        try (var stream = Files.newInputStream(Path.of(file))) {
            return reader.read(file, stream);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(file + ": invalid file name: " + e.getReason(), e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(file + ": failed to read: permission denied", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": failed to read: " + e.getMessage(), e);
        }
    }
}
