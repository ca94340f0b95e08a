package dev.longshore.cli;

import dev.longshore.manifest.InvalidManifestsException;
import dev.longshore.manifest.Manifest;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Purpose;
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
            "Says of manifests what the API server would say, without one, and what they refer to that no file defines.",
            "",
            "Checks DockerHosts, ContainerTemplates, ContainerJobs, Secrets and ConfigMaps against the schemas and rules of"
                    + " this version. Every problem is a line on stderr: file:line:column: resource: field: what is wrong."
                    + " Resources of other kinds are passed over."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all resources are valid", "2:bad usage, or something is wrong"})
final class ValidateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "File or folder of manifests, - for standard input. Of a folder, its .yaml, .yml and .json files.")
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
        out.flush();
        return 0;
    }
}
