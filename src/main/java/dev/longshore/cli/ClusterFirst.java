package dev.longshore.cli;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets the options that say which cluster and namespace stand before the command, too, as kubectl does: it moves them behind
 * it. So each command takes them, or refuses those that it does not have.
 */
final class ClusterFirst implements IParameterPreprocessor {
    private static final Set<String> OPTIONS = Set.of("--kubeconfig", "--context", "--namespace", "-n");

    @Override
    @SuppressWarnings("JdkObsolete") // The type is picocli's.
    public boolean preprocess(Stack<String> args, CommandSpec main, ArgSpec none, Map<String, Object> info) {
        var moved = new ArrayDeque<String>();
        while (!args.isEmpty() && isOne(args.peek())) {
            moved.push(args.pop());
            if (OPTIONS.contains(moved.peek()) && !args.isEmpty()) {
                moved.push(args.pop());
            }
        }
        var command = args.isEmpty() ? null : args.pop();
        moved.forEach(args::push);
        if (command != null) {
            args.push(command);
        }
        return false;
    }

    private static boolean isOne(String arg) {
        return OPTIONS.contains(arg.replaceFirst("=.*", "")) || arg.matches("-n[^=].*");
    }
}
