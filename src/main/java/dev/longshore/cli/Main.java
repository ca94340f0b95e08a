package dev.longshore.cli;

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
            HelpCommand.class
        })
public final class Main implements Runnable {
    static final int BAD_INPUT = 2;
    /** As of a process that the end of its reader ended. */
    private static final int BROKEN_PIPE = 141;

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of an error, too.")
    private boolean verbose;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var main = new Main();
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, args) -> {
                    problem.getCommandLine().getErr().println(oneLine(problem));
                    return BAD_INPUT;
                })
                .setExecutionExceptionHandler((problem, command, result) -> {
                    if (problem instanceof LogOutput.ClosedException) {
                        return BROKEN_PIPE;
                    }
                    command.getErr().println(oneLine(problem));
                    if (main.verbose) {
                        problem.printStackTrace(command.getErr());
                    }
                    return BAD_INPUT;
                });
    }

    private static String oneLine(Exception problem) {
        var message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        return "longshore: " + message.replaceAll("\\s*\\R\\s*", "; ");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: see longshore --help");
    }
}
