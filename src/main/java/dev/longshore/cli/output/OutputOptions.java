package dev.longshore.cli.output;

import java.util.Locale;
import picocli.CommandLine.Option;

/** How resources are printed, as with kubectl. A mixin. */
public final class OutputOptions {
    /** As what. */
    public enum Format {
        TABLE,
        WIDE,
        YAML,
        JSON,
        NAME;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|yaml|json|name",
            description = "Output format.")
    private Format format;

    public Format orElse(Format usual) {
        return format == null ? usual : format;
    }

    /** Whether a command that does something says so in words. */
    public boolean isUnsaid() {
        return format == null;
    }
}
