package dev.longshore.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longshore generate-completion}. */
@Command(
        name = "generate-completion",
        description = "Print a shell completion script for bash and zsh.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nTo load completions in the current shell (bash or zsh):%n",
        footer = {
            "  source <(longshore generate-completion)",
            "To load them in every new shell, add that line to ~/.bashrc or ~/.zshrc.",
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
