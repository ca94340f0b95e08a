package dev.longshore.testing;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

final class ApiServerExtension implements ExecutionCondition, ParameterResolver {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean required = Boolean.parseBoolean(System.getenv("LONGSHORE_REQUIRE_API_SERVER"));
        return ApiServer.missing()
                .filter(reason -> !required)
                .map(ApiServerExtension::skipped)
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is an API server, or there must be"));
    }

    private static ConditionEvaluationResult skipped(String reason) {
        if (!SAID.getAndSet(true)) {
            System.err.println("SKIPPED: all tests that need a real Kubernetes API server, for there is none: " + reason
                    + ". KUBE_API_TEST_DIR names a folder that has one.");
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ApiServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return ApiServer.shared();
    }
}
