package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.JobPrinter;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.Purpose;
import dev.longshore.manifest.Rendering;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
            "Each job is printed with its template inlined: overrides are merged, defaults are filled in, variables from"
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
        if (manifests.jobs().isEmpty()) {
            throw new IllegalArgumentException("no ContainerJob found in " + String.join(", ", files));
        }
        ManifestProblems.print(reader.notes(), spec.commandLine().getErr());
        var rendering = new Rendering(manifests);
        print(manifests.jobs().stream().map(rendering::of).toList());
        return 0;
    }

    private void print(List<ContainerJob> jobs) {
        var out = spec.commandLine().getOut();
        switch (output) {
            case YAML -> jobs.forEach(job -> out.print(new KubernetesSerialization().asYaml(job)));
            case JSON -> JobPrinter.print(jobs, JobPrinter.Format.JSON, out);
        }
        out.flush();
    }
}
