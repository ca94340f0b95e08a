package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.client.Lookup;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says of a job that it created: in words, or with {@code -o} the job itself, at its end if it is awaited. */
public final class JobReport {
    private final CommandSpec command;
    private final OutputOptions output;

    public JobReport(CommandSpec command, OutputOptions output) {
        this.command = command;
        this.output = output;
    }

    /** The name comes at once, for others may be waiting for it. */
    public void created(ContainerJob job, boolean isAwaited) {
        if (output.isUnsaid()) {
            say(Lookup.qualified(job) + " created");
        } else if (!isAwaited || output.orElse(null) == OutputOptions.Format.NAME) {
            print(job);
        }
    }

    /** @return the exit code */
    public int finished(ContainerJob job) {
        if (output.isUnsaid()) {
            say(Waiting.sentence(job));
        } else if (output.orElse(null) != OutputOptions.Format.NAME) {
            print(job);
        }
        return Waiting.exitCode(job);
    }

    private void print(ContainerJob job) {
        ResourcePrinter.printNamed(
                List.of(job),
                output.orElse(OutputOptions.Format.NAME),
                JobColumns.at(Instant.now()),
                command.commandLine().getOut());
    }

    private void say(String message) {
        var out = command.commandLine().getOut();
        out.println(message);
        out.flush();
    }
}
