package dev.longshore.cli;

import dev.longshore.cli.output.NextTimes;
import dev.longshore.manifest.InvalidManifestsException;
import dev.longshore.manifest.Manifest;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore validate}. */
@Command(
        name = "validate",
        description = {
            "Validate manifests offline, including references.",
            "",
            "Checks DockerHosts, ContainerTemplates, ContainerJobs, ContainerCronJobs, Secrets and ConfigMaps against the"
                    + " schemas and rules of this version. Each problem is a line on stderr: file:line:column: resource:"
                    + " field: message. Resources of other kinds are ignored. Of each ContainerCronJob, the next times are"
                    + " printed."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all resources are valid", "2:bad usage, or a resource is invalid"})
final class ValidateCommand implements Callable<Integer> {
    private static final int TIMES = 3;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Manifest file, directory (.yaml, .yml and .json files), or - for standard input.")
    private List<String> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var reader = new ManifestReader(Purpose.VALIDATE);
        List<Manifest> valid;
        try {
            valid = reader.read(files, System.in);
        } catch (InvalidManifestsException e) {
            ManifestProblems.print(e.problems(), spec.commandLine().getErr());
            return Main.BAD_INPUT;
        }
        ManifestProblems.print(reader.notes(), spec.commandLine().getErr());
        var out = spec.commandLine().getOut();
        out.println(valid.size() == 1 ? "1 resource is valid" : valid.size() + " resources are valid");
        var now = Instant.now();
        Manifests.of(valid).cronJobs().forEach(cron -> out.println(NextTimes.line(cron, now, TIMES)));
        out.flush();
        return 0;
    }
}
