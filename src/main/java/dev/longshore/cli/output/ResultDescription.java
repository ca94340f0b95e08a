package dev.longshore.cli.output;

import dev.longshore.api.JobResultValue;
import dev.longshore.api.JobUsage;
import java.util.List;

/** What a job returned, and what it used. */
final class ResultDescription {
    private ResultDescription() {}

    /** @param usage null where there is none */
    static void add(Description text, List<JobResultValue> results, JobUsage usage) {
        results(text, results);
        usage(text, usage);
    }

    private static void results(Description text, List<JobResultValue> results) {
        if (results.isEmpty()) {
            return;
        }
        text.begin("Results");
        for (var result : results) {
            var value = result.value() == null
                    ? "<error: " + result.error() + ">"
                    : result.value().stripTrailing();
            if (value.lines().count() > 1) {
                text.text(result.name(), value);
            } else {
                text.add(result.name(), value.isEmpty() ? "<empty>" : value);
            }
        }
        text.end();
    }

    private static void usage(Description text, JobUsage usage) {
        if (usage != null) {
            text.begin("Usage")
                    .add("Peak Memory", StatusText.bytes(usage.peakMemory()))
                    .add("CPU Time", usage.cpuTime())
                    .add("Network Received", StatusText.bytes(usage.networkReceived()))
                    .add("Network Sent", StatusText.bytes(usage.networkSent()))
                    .end();
        }
    }
}
