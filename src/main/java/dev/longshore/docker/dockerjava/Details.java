package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.DaemonDetailsBuilder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What a daemon reports to those who run it. Any field may be absent, null or of another kind. */
final class Details {
    private static final int LONGEST_WARNING = 500;
    private static final int MOST = 50;
    /** Of containerd's image store, in place of what Docker's own stores report. */
    private static final String SNAPSHOTTER = "io.containerd.snapshotter";

    private Details() {}

    static DaemonDetails read(DockerQuery query, EngineDialect dialect) {
        var details = of(query.tree("/version"), query.tree("/info"));
        return details.logDriver().isEmpty()
                ? DaemonDetailsBuilder.builder(details)
                        .logDriver(dialect.logDriver(query))
                        .build()
                : details;
    }

    static DaemonDetails of(JsonNode version, JsonNode info) {
        return DaemonDetailsBuilder.builder()
                .oldestApi(text(version.path("MinAPIVersion")))
                .newestApi(text(version.path("ApiVersion")))
                .operatingSystem(text(info.path("OperatingSystem")))
                .kernel(text(info.path("KernelVersion")))
                .cgroupVersion(text(info.path("CgroupVersion")))
                .cgroupDriver(text(info.path("CgroupDriver")))
                .storageDriver(text(info.path("Driver")))
                .containerdStore(isContainerd(info.path("DriverStatus")))
                .logDriver(text(info.path("LoggingDriver")))
                .liveRestore(flag(info.path("LiveRestoreEnabled")))
                .securityOptions(securityOptions(info.path("SecurityOptions")))
                .runtimes(names(info.path("Runtimes")))
                .limitsMemory(flag(info.path("MemoryLimit")))
                .limitsSwap(flag(info.path("SwapLimit")))
                .limitsCpu(flag(info.path("CpuCfsQuota")))
                .limitsProcesses(flag(info.path("PidsLimit")))
                .time(DaemonTimes.parse(info.path("SystemTime").asText("")))
                .warnings(warnings(info.path("Warnings")))
                .build();
    }

    private static boolean isContainerd(JsonNode status) {
        return StreamSupport.stream(status.spliterator(), false)
                .anyMatch(pair -> pair.path(0).asText("").equals("driver-type")
                        && pair.path(1).asText("").startsWith(SNAPSHOTTER));
    }

    /** Each is a list of keys with values, and one key is the name. */
    private static Set<String> securityOptions(JsonNode options) {
        var names = new LinkedHashSet<String>();
        for (var option : options) {
            for (var part : option.asText("").split(",")) {
                if (part.startsWith("name=") && names.size() < MOST) {
                    names.add(SystemInfo.shortened(part.substring("name=".length())));
                }
            }
        }
        return names;
    }

    private static Set<String> names(JsonNode object) {
        var names = new LinkedHashSet<String>();
        for (var each = object.fieldNames(); each.hasNext() && names.size() < MOST; ) {
            names.add(SystemInfo.shortened(each.next()));
        }
        return names;
    }

    private static List<String> warnings(JsonNode warnings) {
        return StreamSupport.stream(warnings.spliterator(), false)
                .limit(MOST)
                .map(warning -> shortened(warning.asText("")))
                .filter(warning -> !warning.isBlank())
                .toList();
    }

    private static String text(JsonNode value) {
        return SystemInfo.shortened(value);
    }

    private static Boolean flag(JsonNode value) {
        return value.isBoolean() ? (Boolean) value.booleanValue() : null;
    }

    private static String shortened(String warning) {
        return warning.length() <= LONGEST_WARNING ? warning : warning.substring(0, LONGEST_WARNING);
    }
}
