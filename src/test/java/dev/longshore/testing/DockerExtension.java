package dev.longshore.testing;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

final class DockerExtension implements ExecutionCondition, ParameterResolver {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean required = Boolean.parseBoolean(System.getenv("LONGSHORE_REQUIRE_DOCKER"));
        return LocalDocker.missing()
                .filter(reason -> !required)
                .map(DockerExtension::skipped)
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is a Docker daemon, or there must be"));
    }

    private static ConditionEvaluationResult skipped(String reason) {
        if (!SAID.getAndSet(true)) {
            System.err.println("SKIPPED: all tests that need a real Docker daemon, for there is none: " + reason
                    + ". DOCKER_HOST names one that is elsewhere.");
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalDocker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return LocalDocker.shared();
    }
}
