package dev.longshore.job.plan;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.job.attempt.Operation;
import java.util.Locale;

/** A plan in a few words. */
final class PlanText {
    private PlanText() {}

    static String of(JobPlan plan) {
        if (plan instanceof JobPlan.Report report) {
            return "report: " + of(report.status()) + orRest(plan);
        }
        if (plan instanceof JobPlan.Unbind unbind) {
            return "unbind: " + of(unbind.status()) + (unbind.pruned() ? ", count as pruned" : "");
        }
        if (plan instanceof JobPlan.Act act) {
            return "act: " + of(act.operation());
        }
        if (plan instanceof JobPlan.Rest rest) {
            return rest.requeueAfter()
                    .map(time -> "rest " + time.toSeconds() + "s")
                    .orElse("rest until event");
        }
        if (plan instanceof JobPlan.SetFinalizer finalizer) {
            return (finalizer.present() ? "add" : "remove") + " finalizer" + orRest(plan);
        }
        return plan.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Where others are to be written first. */
    private static String orRest(JobPlan plan) {
        return plan.requeueAfter()
                .map(time -> ", or rest " + time.toSeconds() + "s")
                .orElse("");
    }

    private static String of(ContainerJobStatus status) {
        return status.phase()
                + (status.reason() == null ? "" : " " + status.reason().value());
    }

    private static String of(Operation operation) {
        var name = operation.getClass().getSimpleName();
        return operation instanceof Operation.Stop stop ? name + " " + stop.cause() : name;
    }
}
