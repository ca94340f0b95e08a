package dev.longshore.cli;

import dev.longshore.cli.log.LogOutput;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.manifest.InvalidManifestsException;
import dev.longshore.names.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong: a line on stderr, of manifests one for each problem, and with {@code --verbose} the stack trace. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** As of a process that the end of its reader ended. */
    private static final int BROKEN_PIPE = 141;

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        var command = problem.getCommandLine();
        command.getErr().println(oneLine(message(problem, Arrays.asList(args))));
        return Main.BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        if (problem instanceof LogOutput.ClosedException) {
            return BROKEN_PIPE;
        }
        if (problem instanceof InvalidManifestsException invalid) {
            invalid.problems().forEach(each -> command.getErr().println(oneLine(each.toString())));
        } else {
            command.getErr().println(oneLine(problem));
        }
        if (isVerbose(command)) {
            problem.printStackTrace(command.getErr());
        }
        return Main.BAD_INPUT;
    }

    /** What a command cannot handle. */
    static String oneLine(Throwable problem) {
        if (problem instanceof OutOfMemoryError) {
            return oneLine("out of memory (" + problem.getMessage() + "); to allow 2 GiB, set JDK_JAVA_OPTIONS=-Xmx2g");
        }
        if (problem instanceof StackOverflowError) {
            return oneLine("the input is nested too deeply");
        }
        return oneLine(problem.getMessage() == null ? problem.toString() : problem.getMessage());
    }

    static String oneLine(String message) {
        return "longshore: " + Terminal.line(message.replaceAll("(?<!\\s)\\s*\\R\\s*", "; "));
    }

    private static boolean isVerbose(CommandLine command) {
        return Boolean.TRUE.equals(
                command.getCommandSpec().findOption("--verbose").getValue());
    }

    private static String message(ParameterException problem, List<String> args) {
        var command = problem.getCommandLine();
        var seeHelp = "see " + command.getCommandSpec().qualifiedName() + " --help";
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, command.getCommandSpec(), seeHelp);
        }
        if (problem instanceof MissingParameterException) {
            return problem.getMessage() + "; " + seeHelp;
        }
        if (problem.getArgSpec() == null && problem.getValue() != null) {
            // What longshore help was asked about.
            return unknownCommand(
                    problem.getValue(), command.getCommandSpec().subcommands().keySet(), seeHelp);
        }
        return variable(problem, args).map(name -> name + ": ").orElse("")
                + choices(problem).orElse(problem.getMessage());
    }

    /** As the words are written on the command line and in a status, and not as Java's constants are named. */
    private static Optional<String> choices(ParameterException problem) {
        if (!(problem.getArgSpec() instanceof OptionSpec option) || problem.getValue() == null) {
            return Optional.empty();
        }
        return Stream.of(option.typeInfo().getType(), option.auxiliaryTypes()[0])
                .filter(Class::isEnum)
                .findFirst()
                .map(type -> "Invalid value for option '" + option.longestName() + "': '" + problem.getValue()
                        + "' is not one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Object::toString)
                                .collect(Collectors.joining(", ")));
    }

    private static String unmatched(UnmatchedArgumentException problem, CommandSpec command, String seeHelp) {
        var argument = problem.getUnmatched().get(0);
        if (problem.isUnknownOption()) {
            var option = argument.replaceFirst("=.*", "");
            // Of one letter, any other would be near.
            var suggestion = option.startsWith("--")
                    ? Nearest.suggestion(option, command.optionsMap().keySet())
                    : "";
            return "unknown option " + option + or(seeHelp, suggestion);
        }
        var commands = command.subcommands().keySet();
        return commands.isEmpty()
                ? "unexpected argument '" + argument + "'; " + seeHelp
                : unknownCommand(argument, commands, seeHelp);
    }

    private static String unknownCommand(String argument, Set<String> commands, String seeHelp) {
        return "unknown command '" + argument + "'" + or(seeHelp, Nearest.suggestion(argument, commands));
    }

    private static String or(String seeHelp, String suggestion) {
        return suggestion.isEmpty() ? "; " + seeHelp : suggestion;
    }

    /** Where the bad value is from, if that is not the command line. */
    private static Optional<String> variable(ParameterException problem, List<String> args) {
        return problem.getArgSpec() instanceof OptionSpec option
                        && problem.getCommandLine().getDefaultValueProvider() instanceof EnvironmentDefaults environment
                        && args.stream().noneMatch(arg -> names(option, arg))
                ? environment.variable(option)
                : Optional.empty();
    }

    private static boolean names(OptionSpec option, String arg) {
        return Arrays.stream(option.names()).anyMatch(name -> arg.equals(name) || arg.startsWith(name + "="));
    }
}
