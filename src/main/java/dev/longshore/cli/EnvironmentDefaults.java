package dev.longshore.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes each option of a command from the environment too: {@code --http-port} from {@code LONGSHORE_HTTP_PORT}. */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    /** For picocli. */
    EnvironmentDefaults() {
        this(System.getenv());
    }

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        return variable(argument).map(environment::get).orElse(null);
    }

    /** The variable that gives this option its value, unless the command line does; one that is blank gives none. */
    Optional<String> variable(ArgSpec argument) {
        return Optional.of(argument)
                .filter(OptionSpec.class::isInstance)
                .map(OptionSpec.class::cast)
                .flatMap(EnvironmentDefaults::name)
                .filter(name -> !environment.getOrDefault(name, "").isBlank());
    }

    /** The name of an option's variable. */
    static Optional<String> name(OptionSpec option) {
        return option.usageHelp() || option.versionHelp() || option.inherited()
                ? Optional.empty()
                : Optional.of("LONGSHORE_"
                        + option.longestName()
                                .substring("--".length())
                                .replace('-', '_')
                                .toUpperCase(Locale.ROOT));
    }
}
