package dev.longshore.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page about all commands, as the commands describe themselves. */
final class CommandReference {
    private static final int WIDTH = 110;
    private static final String INTRO = """
            # Commands

            <!-- Generated from the descriptions that the commands print as their help; written by make reference -->

            `longshore COMMAND --help` prints the same. Every command supports `--help`, `--version` and `--verbose`, which
            prints the stack trace of an error after its message. Unless a section below lists other exit codes, a command
            exits with 0 on success, and with 2 and a one-line message on stderr on bad usage or input. `--kubeconfig`,
            `--context` and `--namespace` can also be given before the command.

            """;

    private CommandReference() {}

    static String page() {
        var commands = Main.commandLine().getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
        return INTRO
                + commands.stream().map(CommandReference::line).collect(Collectors.joining())
                + commands.stream().map(CommandReference::section).collect(Collectors.joining());
    }

    private static String line(CommandLine command) {
        return "- [`%s`](#longshore-%s)%n".formatted(command.getCommandName(), command.getCommandName());
    }

    private static String section(CommandLine command) {
        var spec = command.getCommandSpec();
        var usage = spec.usageMessage().width(WIDTH);
        var synopsis =
                new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).strip();
        return "\n## longshore " + spec.name() + "\n\n"
                + paragraph(usage.description())
                + "```\n" + synopsis + "\n```\n"
                + table("Argument", spec.positionalParameters(), CommandReference::argument)
                + table("Option", options(spec), option -> option(spec, option))
                + exitCodes(spec)
                + after(usage.footerHeading(), usage.footer());
    }

    /** But those that every command has. */
    private static List<OptionSpec> options(CommandSpec spec) {
        return spec.options().stream()
                .filter(option ->
                        !option.usageHelp() && !option.versionHelp() && !option.inherited() && !option.hidden())
                .toList();
    }

    private static <A extends ArgSpec> String table(String head, List<A> arguments, Function<A, String> name) {
        return arguments.isEmpty()
                ? ""
                : "\n| %s | |\n|---|---|\n".formatted(head)
                        + arguments.stream()
                                .map(argument -> "| %s | %s |\n".formatted(name.apply(argument), description(argument)))
                                .collect(Collectors.joining());
    }

    private static String argument(ArgSpec argument) {
        return code(argument.paramLabel());
    }

    private static String option(CommandSpec spec, OptionSpec option) {
        var names = Stream.of(option.names()).collect(Collectors.joining(", "));
        var value = option.arity().max() == 0 ? "" : option.arity().min() == 0 ? "[=%s]" : " %s";
        var variable = spec.defaultValueProvider() instanceof EnvironmentDefaults
                ? EnvironmentDefaults.name(option)
                        .map(name -> "<br>" + code(name))
                        .orElse("")
                : "";
        return code(names + value.formatted(option.paramLabel())) + variable;
    }

    private static String description(ArgSpec argument) {
        return cell(String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue())));
    }

    private static String exitCodes(CommandSpec spec) {
        var codes = new ArrayList<String>();
        spec.usageMessage()
                .exitCodeList()
                .forEach((code, message) -> codes.add("| %s | %s |\n".formatted(code, cell(message))));
        return codes.isEmpty() ? "" : "\n| Exit code | |\n|---|---|\n" + String.join("", codes);
    }

    private static String after(String heading, String[] footer) {
        return footer.length == 0
                ? ""
                : "\n```\n" + (heading.formatted() + String.join("\n", footer)).strip() + "\n```\n";
    }

    private static String paragraph(String[] lines) {
        return Stream.of(lines)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining(" "))
                        .formatted()
                        .strip()
                + "\n\n";
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
