package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobReason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reason has an entry that says what it means, what to look at, and what to do. */
class TroubleshootingTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (.*?)\n(.*?)(?=^## |\\z)");
    private static final Pattern ENTRY = Pattern.compile("(?ms)^### (\\w+)\n(.*?)(?=^### |\\z)");

    private static Map<String, String> entries(String section) {
        var entries = new LinkedHashMap<String, String>();
        SECTION.matcher(Page.of("docs/troubleshooting.md").text())
                .results()
                .filter(found -> found.group(1).equals(section))
                .flatMap(found -> ENTRY.matcher(found.group(2)).results())
                .forEach(entry -> entries.put(entry.group(1), entry.group(2)));
        return entries;
    }

    @Test
    void everyReasonOfAJobHasOne() {
        var entries = Stream.of(
                        "Jobs that are Pending", "Jobs that Failed", "Jobs that were Cancelled", "Jobs that Completed")
                .flatMap(section -> entries(section).keySet().stream());

        assertThat(entries)
                .containsExactlyElementsOf(
                        Arrays.stream(JobReason.values()).map(JobReason::value).toList());
    }

    @Test
    void everyReasonOfAHostHasOne() {
        assertThat(entries("Hosts"))
                .containsOnlyKeys(
                        "Unreachable",
                        "TlsInvalid",
                        "SecretNotFound",
                        "UnsupportedApi",
                        "EndpointNotAllowed",
                        "Inactive",
                        "Degraded");
    }

    @Test
    void everyReasonOfATemplateHasOne() {
        assertThat(entries("Templates"))
                .containsOnlyKeys("Inactive", "SecretNotFound", "ConfigMapNotFound", "TooLarge");
    }

    @Test
    void everyReasonOfAScheduleHasOne() {
        assertThat(entries("Schedules"))
                .containsOnlyKeys(
                        "InvalidSchedule", "UnknownTimeZone", "Suspended", "MissSchedule", "JobAlreadyActive");
    }

    @Test
    void eachIsComplete() {
        for (var section : List.of(
                "Jobs that are Pending",
                "Jobs that Failed",
                "Jobs that were Cancelled",
                "Jobs that Completed",
                "Hosts",
                "Templates",
                "Schedules")) {
            assertThat(entries(section))
                    .allSatisfy((reason, message) -> assertThat(message)
                            .as(section + ": " + reason)
                            .containsSubsequence("- Meaning: ", "\n- Check: ", "\n- Action: "));
        }
    }
}
