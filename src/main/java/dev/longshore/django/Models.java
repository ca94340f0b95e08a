package dev.longshore.django;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models of Django Docker Container Manager: those of its Python API reference, and those of its release 1.0.14, whose
 * jobs have an image of their own and whose hosts are called executors.
 */
final class Models {
    static final String APPLICATION = "container_manager.";
    static final String HOST = "dockerhost";
    static final String EXECUTOR = "executorhost";
    static final String TEMPLATE = "containertemplate";
    static final String VARIABLE = "environmentvariable";
    static final String NETWORK = "networkassignment";
    static final String ENVIRONMENT = "environmentvariabletemplate";
    static final String JOB = "containerjob";
    static final String EXECUTION = "containerexecution";

    /** Of models that are listed. */
    static final int MOST = 100;

    /** Not started yet, so that nothing is lost and nothing runs twice once the old system is stopped. */
    static final Set<String> WAITING = Set.of("pending", "queued", "retrying");

    static final Set<String> RUNNING = Set.of("launching", "running");

    private static final List<String> CONTAINER = List.of(
            "name",
            "description",
            "docker_image",
            "entrypoint",
            "command",
            "working_directory",
            "memory_limit",
            "cpu_limit",
            "timeout_seconds",
            "auto_remove");

    private static final Map<String, Set<String>> CARRIED = Map.of(
            HOST,
            Set.of("name", "connection_string", "is_active", "tls_enabled", "tls_verify", "description"),
            EXECUTOR,
            Set.of(
                    "name",
                    "connection_string",
                    "is_active",
                    "tls_enabled",
                    "tls_verify",
                    "description",
                    "auto_pull_images",
                    "executor_type",
                    "executor_config",
                    "max_concurrent_jobs",
                    "weight"),
            TEMPLATE,
            with(CONTAINER, "is_active"),
            VARIABLE,
            Set.of("template", "key", "value", "is_secret"),
            NETWORK,
            Set.of("template", "network_name", "aliases"),
            ENVIRONMENT,
            Set.of("name", "environment_variables_text"),
            JOB,
            with(
                    CONTAINER,
                    "template",
                    "docker_host",
                    "status",
                    "priority",
                    "command_override",
                    "memory_limit_override",
                    "cpu_limit_override",
                    "timeout_override",
                    "override_environment",
                    "environment_template",
                    "network_configuration",
                    "scheduled_for"));

    /** Without a counterpart: what the old system recorded, or did in its own way. */
    private static final Map<String, Set<String>> RECORDED = Map.of(
            HOST,
            Set.of("host_type", "created_at", "updated_at"),
            EXECUTOR,
            Set.of("host_type", "current_job_count", "created_at", "updated_at", "last_health_check"),
            TEMPLATE,
            Set.of("created_at", "updated_at", "created_by"),
            VARIABLE,
            Set.of("created_at", "updated_at"),
            NETWORK,
            Set.of("created_at", "updated_at"),
            ENVIRONMENT,
            Set.of("description", "created_at", "updated_at", "created_by"),
            JOB,
            Set.of(
                    "container_id",
                    "execution_id",
                    "exit_code",
                    "created_at",
                    "updated_at",
                    "created_by",
                    "started_at",
                    "finished_at",
                    "completed_at",
                    "queued_at",
                    "launched_at",
                    "executor_metadata",
                    "max_memory_usage",
                    "cpu_usage_percent",
                    "stdout_log",
                    "stderr_log",
                    "docker_log",
                    "clean_output",
                    "retry_count",
                    "max_retries",
                    "retry_strategy",
                    "last_error",
                    "last_error_at"));

    private Models() {}

    private static Set<String> with(List<String> fields, String... more) {
        var all = new TreeSet<>(fields);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** Whether a model is known, and has no counterpart. */
    static boolean isLeftOut(String model) {
        return model.equals(EXECUTION);
    }

    static boolean isCarried(String model) {
        return CARRIED.containsKey(model);
    }

    static boolean isCarried(String model, String field) {
        return CARRIED.get(model).contains(field);
    }

    static boolean isKnown(String model, String field) {
        return isCarried(model, field) || RECORDED.get(model).contains(field);
    }
}
