package dev.longshore.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobLogsBuilder;
import dev.longshore.api.ObservedSchedule;
import dev.longshore.api.StatusFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a run of schedules has to know after a restart.
 *
 * @param instance the label of its containers
 * @param schedules by namespace/name
 */
record ScheduleState(Integer version, String instance, Map<String, Stored> schedules) {
    /** Of a schedule: parts of its status, and its jobs. */
    record Stored(
            ObservedSchedule observedSchedule,
            String lastScheduleTime,
            String lastSuccessfulTime,
            List<StoredJob> jobs) {
        Stored {
            jobs = jobs == null ? List.of() : List.copyOf(jobs);
        }
    }

    /**
     * A job, which its schedule has confirmed: it may have started.
     *
     * @param cancel whether it was canceled: the manifests do not say so
     * @param status without output and results; null: it was not reconciled yet
     */
    record StoredJob(String name, String uid, String createdAt, boolean cancel, ContainerJobStatus status) {
        StoredJob {
            status = status == null ? null : withoutText(status);
        }
    }

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    ScheduleState {
        schedules = schedules == null ? Map.of() : new TreeMap<>(schedules);
    }

    ScheduleState(String instance, Map<String, Stored> schedules) {
        this(VERSION, instance, schedules);
    }

    /** Of schedules that were never run. */
    static ScheduleState empty() {
        return new ScheduleState("schedules/" + UUID.randomUUID(), Map.of());
    }

    private static ContainerJobStatus withoutText(ContainerJobStatus status) {
        var logs = status.logs();
        return ContainerJobStatusBuilder.builder(status)
                .results(null)
                .logs(
                        logs == null
                                ? null
                                : JobLogsBuilder.builder(logs)
                                        .stdout(null)
                                        .stderr(null)
                                        .build())
                .build();
    }

    byte[] toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException with what is wrong */
    static ScheduleState parse(byte[] json) {
        try (var parser = JSON.createParser(new String(json, StandardCharsets.UTF_8))) {
            var state = parser.readValueAs(ScheduleState.class);
            // Jackson's own option for this applies to parts as well, of which some are read by themselves.
            check(parser.nextToken() == null, "not valid JSON");
            check(state != null && state.version() != null, "version is not set");
            check(state.version() == VERSION, "version " + state.version() + " is not supported");
            check(state.instance() != null && state.instance().matches("schedules/[-0-9a-f]{36}"), "invalid instance");
            state.schedules().forEach(ScheduleState::check);
            return state;
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException("unexpected value" + at(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not valid JSON", e);
        }
    }

    private static String at(JsonMappingException e) {
        var location = e.getLocation();
        return location == null ? "" : " in line " + location.getLineNr();
    }

    private static void check(String key, Stored schedule) {
        check(schedule != null, key + ": no value");
        check(key.matches("[^/]+/[^/]+"), "invalid name of a schedule: " + key);
        var observed = schedule.observedSchedule();
        if (observed != null) {
            check(observed.schedule() != null && observed.timeZone() != null, key + ": invalid observedSchedule");
            checkTime(key, observed.since());
        }
        checkTimeIfSet(key, schedule.lastScheduleTime());
        checkTimeIfSet(key, schedule.lastSuccessfulTime());
        schedule.jobs().forEach(job -> check(key, job));
    }

    private static void check(String key, StoredJob job) {
        var name = key.substring(key.indexOf('/') + 1);
        check(job.name() != null && job.name().startsWith(name + "-"), key + ": invalid name of a job: " + job.name());
        // It becomes a part of a container's name.
        check(job.uid() != null && job.uid().matches("[-0-9a-f]{36}"), key + ": invalid uid of a job");
        checkTime(key, job.createdAt());
        var host = job.status() == null ? null : job.status().host();
        check(host == null || host.name() != null && host.namespace() != null, key + ": invalid host of a job");
    }

    private static void checkTimeIfSet(String key, String time) {
        if (time != null) {
            checkTime(key, time);
        }
    }

    private static void checkTime(String key, String time) {
        try {
            check(time != null, key + ": a time is not set");
            StatusFormat.instant(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(key + ": invalid time: " + time, e);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
