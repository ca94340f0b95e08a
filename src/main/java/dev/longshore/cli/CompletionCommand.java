package dev.longshore.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longshore generate-completion}. */
@Command(
        name = "generate-completion",
        description = "Prints a script that makes bash and zsh complete the commands and options of longshore.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nFor this shell, bash or zsh:%n",
        footer = {
            "  source <(longshore generate-completion)",
            "For all to come, add that line to ~/.bashrc or ~/.zshrc.",
        })
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        // As a kubectl plugin, too, it is longshore that a shell completes.
        out.print(AutoComplete.bash("longshore", spec.root().commandLine()));
        out.print('\n');
        out.flush();
    }
}
