package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: {@code longshore}. */
@Command(
        name = "longshore",
        description = "Runs container jobs on plain Docker daemons, declaratively, from Kubernetes or without it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            OperatorCommand.class,
            RunCommand.class,
            DevCommand.class,
            SubmitCommand.class,
            ListCommand.class,
            DescribeCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            RetryCommand.class,
            WaitCommand.class,
            StatsCommand.class,
            CleanupCommand.class,
            HostsCommand.class,
            CrdsCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    static final int BAD_INPUT = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of an error, too.")
    private boolean verbose;

    public static void main(String[] args) {
        var out = writer(FileDescriptor.out);
        var err = writer(FileDescriptor.err);
        int code;
        try {
            code = commandLine().setOut(out).setErr(err).execute(args);
        } catch (Error e) {
            err.println(Problems.oneLine(e));
            if (List.of(args).contains("--verbose")) {
                e.printStackTrace(err);
            }
            code = BAD_INPUT;
        }
        out.flush();
        System.exit(code);
    }

    static CommandLine commandLine() {
        var problems = new Problems();
        return new CommandLine(new Main())
                .setCommandName(System.getProperty("longshore.command", "longshore"))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    /** In UTF-8 wherever it runs, as kubectl and docker write. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), true);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing; see " + spec.qualifiedName() + " --help");
    }
}
