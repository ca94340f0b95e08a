package dev.longshore.cli;

import dev.longshore.cli.output.JobPrinter;
import dev.longshore.cli.output.NextTimes;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.Purpose;
import dev.longshore.manifest.Rendering;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore render}. */
@Command(
        name = "render",
        description = {
            "Print the effective configuration of the jobs in manifests.",
            "",
            "Of each ContainerCronJob, the next job is printed, in YAML with a comment that shows the next times. Each job is printed with its template inlined: overrides are merged, defaults are filled in, variables from"
                    + " ConfigMaps have their values, and those from Secrets are shown as ***."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:bad usage, or invalid manifests; nothing was printed"})
final class RenderCommand implements Callable<Integer> {
    enum Format {
        YAML,
        JSON;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int TIMES = 3;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Manifest file, directory (.yaml, .yml and .json files), or - for standard input.")
    private List<String> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "yaml|json",
            defaultValue = "yaml",
            description = "One YAML document per job, or one JSON List. Default: yaml.")
    private Format output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.quiet();
        var reader = new ManifestReader(Purpose.RENDER);
        var manifests = Manifests.of(reader.read(files, System.in));
        if (manifests.jobs().isEmpty() && manifests.cronJobs().isEmpty()) {
            throw new IllegalArgumentException(
                    "no ContainerJob or ContainerCronJob found in " + String.join(", ", files));
        }
        ManifestProblems.print(reader.notes(), spec.commandLine().getErr());
        print(manifests, Instant.now());
        return 0;
    }

    private void print(Manifests manifests, Instant now) {
        var rendering = new Rendering(manifests);
        var jobs = manifests.jobs().stream().map(rendering::of).toList();
        var out = spec.commandLine().getOut();
        switch (output) {
            case YAML -> {
                jobs.forEach(job -> out.print(ResourcePrinter.yaml(job)));
                manifests
                        .cronJobs()
                        .forEach(cron -> out.print(ResourcePrinter.yaml(
                                rendering.next(cron, now), Terminal.line(NextTimes.line(cron, now, TIMES)))));
            }
            case JSON ->
                JobPrinter.print(
                        Stream.concat(
                                        jobs.stream(),
                                        manifests.cronJobs().stream().map(cron -> rendering.next(cron, now)))
                                .toList(),
                        JobPrinter.Format.JSON,
                        out);
        }
        out.flush();
    }
}
