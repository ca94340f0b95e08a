package dev.longshore.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.longshore.api.StatusFormat;
import java.util.List;
import org.slf4j.Logger;

/**
 * The log of a command whose output is for people: errors, on stderr. logback finds this by itself; reading logback.xml would
 * take longer than many a command.
 */
public final class QuietLog extends ContextAwareBase implements Configurator {
    private static final String CHOSEN = "longshore.log.quiet";

    /** Those that are off in dev-longshore-loggers.xml, which says why. */
    private static final List<String> OFF = List.of(
            "io.fabric8.kubernetes.client.internal.KubeConfigUtils",
            "com.github.dockerjava.api.async",
            "io.fabric8.kubeapitest");

    /** To be called before the first logger is made. */
    public static void choose() {
        System.setProperty(CHOSEN, "true");
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (!Boolean.getBoolean(CHOSEN)) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        apply(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void apply(LoggerContext context) {
        var errors = new Errors();
        errors.setContext(context);
        errors.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.ERROR);
        root.addAppender(errors);
        OFF.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }

    private static final class Errors extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            var proxy = event.getThrowableProxy();
            System.err.println(
                    StatusFormat.time(event.getInstant()) + " " + event.getLevel() + " " + event.getLoggerName()
                            + " - " + event.getFormattedMessage()
                            + (proxy == null ? "" : System.lineSeparator() + ThrowableProxyUtil.asString(proxy)));
        }
    }
}
