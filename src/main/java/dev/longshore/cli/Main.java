package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.cli.terminal.StandardStream;
import java.io.FileDescriptor;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: {@code longshore}. */
@Command(
        name = "longshore",
        description = "Run container jobs on plain Docker daemons, declaratively, with or without Kubernetes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    static final int BAD_INPUT = 2;

    private static final List<Class<?>> COMMANDS = List.of(
            OperatorCommand.class,
            RunCommand.class,
            ValidateCommand.class,
            RenderCommand.class,
            ImportCommand.class,
            DevCommand.class,
            SubmitCommand.class,
            ListCommand.class,
            DescribeCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            RetryCommand.class,
            WaitCommand.class,
            SchedulesCommand.class,
            TriggerCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            StatsCommand.class,
            TopCommand.class,
            CleanupCommand.class,
            HostsCommand.class,
            DoctorCommand.class,
            CrdsCommand.class,
            CompletionCommand.class,
            HelpCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean verbose;

    public static void main(String[] args) {
        var stdout = new StandardStream(FileDescriptor.out);
        var out = writer(stdout);
        var err = writer(new StandardStream(FileDescriptor.err));
        int code;
        CommandLine line = null;
        try {
            line = commandLine(args).setOut(out).setErr(err);
            code = line.execute(args);
        } catch (Error e) {
            err.println(Problems.oneLine(e));
            if (List.of(args).contains("--verbose")) {
                e.printStackTrace(err);
            }
            code = BAD_INPUT;
        }
        out.flush();
        if (stdout.problem().isPresent()) {
            err.println("longshore: " + stdout.problem().get());
            code = BAD_INPUT;
        }
        if (line != null && isOnCluster(line)) {
            endHttpClients();
        }
        System.exit(code);
    }

    /** Whether the command is done with its cluster: what an operator has to do there at its end comes while Java exits. */
    private static boolean isOnCluster(CommandLine line) {
        var parsed = line.getParseResult();
        return parsed != null
                && parsed.hasSubcommand()
                && parsed.subcommand().commandSpec().mixins().values().stream()
                        .anyMatch(mixin -> mixin.userObject() instanceof ClusterOptions);
    }

    /** Java 17 cannot close them, and waits 300 ms at its exit for a thread that is in the operating system. */
    private static void endHttpClients() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .forEach(Thread::interrupt);
    }

    /** @param args of which the first, if it is a command, is the only one there is: reading all of them takes long */
    static CommandLine commandLine(String... args) {
        var problems = new Problems();
        var main = new CommandLine(new Main());
        var named = COMMANDS.stream()
                .filter(command ->
                        args.length > 0 && isAlone(command) && name(command).equals(args[0]))
                .findFirst();
        named.<List<Class<?>>>map(List::of).orElse(COMMANDS).forEach(main::addSubcommand);
        main.getCommandSpec().preprocessor(new ClusterFirst());
        return main.setCommandName(System.getProperty("longshore.command", "longshore"))
                .setColorScheme(Help.defaultColorScheme("dumb".equals(System.getenv("TERM")) ? Ansi.OFF : Ansi.AUTO))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** Whether a command does without the others. */
    private static boolean isAlone(Class<?> command) {
        return command != HelpCommand.class && command != CompletionCommand.class;
    }

    /** In UTF-8 wherever it runs, as kubectl and docker write. */
    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command specified; see " + spec.qualifiedName() + " --help");
    }
}
