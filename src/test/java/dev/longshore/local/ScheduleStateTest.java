package dev.longshore.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobResultValue;
import dev.longshore.api.ObservedSchedule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleStateTest {
    private static final String UID = "6ddbc583-1825-45f2-8e39-71c28c49419b";
    private static final String TIME = "2026-01-01T00:00:00.000Z";

    private static ScheduleState state(ScheduleState.StoredJob... jobs) {
        return new ScheduleState(
                "schedules/" + UID,
                Map.of(
                        "team/nightly",
                        new ScheduleState.Stored(
                                new ObservedSchedule("@daily", "Etc/UTC", TIME), TIME, null, List.of(jobs))));
    }

    @Test
    void isReadAsItWasWrittenWithoutOutputAndResults() {
        var status = ContainerJobStatusBuilder.builder()
                .phase(JobPhase.RUNNING)
                .host(new JobHost("team", "alpha"))
                .containerID("c1")
                .attempt(1)
                .effective(ContainerTemplateSpecBuilder.builder().image("x").build());
        var full = status.logs(new JobLogs("much output", "", false))
                .results(List.of(new JobResultValue("rows", "12", null)))
                .build();
        var written = state(
                new ScheduleState.StoredJob("nightly-29928699", UID, TIME, true, full),
                new ScheduleState.StoredJob("nightly-manual-abcde", UID, TIME, false, null));
        assertThat(new String(written.toJson(), UTF_8)).doesNotContain("much output", "rows");
        assertThat(ScheduleState.parse(written.toJson())).isEqualTo(written);
        assertThat(written.schedules().get("team/nightly").jobs().get(0).status())
                .isEqualTo(status.logs(new JobLogs(null, null, false))
                        .results(null)
                        .build());
    }

    @Test
    void eachNewOneHasAnInstanceOfItsOwn() {
        assertThat(ScheduleState.parse(ScheduleState.empty().toJson()).instance())
                .isNotEqualTo(ScheduleState.empty().instance());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                            | ''                               | version is not set",
                "\"version\" : 1               | \"version\" : 2                  | version 2 is not supported",
                "schedules/6ddbc583            | run/6ddbc583                     | invalid instance",
                "team/nightly                  | nightly                          | invalid name of a schedule: nightly",
                "\"lastScheduleTime\" : \"2026 | \"lastScheduleTime\" : \"yester  | team/nightly: invalid time: yester",
                "\"since\"                     | \"before\"                       | team/nightly: a time is not set",
                "\"uid\" : \"6ddbc583          | \"uid\" : \"../../..             | team/nightly: invalid uid of a job",
                "\"name\" : \"nightly-1        | \"name\" : \"daily-1             | team/nightly: invalid name of a job",
                "\"phase\" : \"Running\"       | \"phase\" : \"Sleeping\"         | unexpected value in line",
                "\"schedules\" : {             | \"schedules\" : [ {              | unexpected value in line",
            })
    void whatIsWrongIsNamed(String part, String instead, String message) {
        var status = ContainerJobStatusBuilder.builder().phase(JobPhase.RUNNING).build();
        var json = new String(
                state(new ScheduleState.StoredJob("nightly-1", UID, TIME, false, status))
                        .toJson(),
                UTF_8);
        assertThat(json).contains(part);
        var broken = part.isEmpty() ? "{}" : json.replace(part, instead);
        assertThatThrownBy(() -> ScheduleState.parse(broken.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"''", "{", "null x", "'{} {}'", "'\u0000\u0001'"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> ScheduleState.parse(text.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
