package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.manifest.Manifests;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code longshore run} makes of schedules in manifests, and where it keeps their state. */
final class ScheduleArguments {
    private static final int HASH_BYTES = 8;

    private ScheduleArguments() {}

    /**
     * For a run without schedules.
     *
     * @return what is to be said of schedules that are there
     */
    static Optional<String> requireJobs(Manifests manifests, List<String> files, Path state) {
        if (state != null) {
            throw new IllegalArgumentException("--state can only be used with --schedules");
        }
        var schedules = manifests.cronJobs();
        if (manifests.jobs().isEmpty()) {
            throw new IllegalArgumentException("no ContainerJob found in " + String.join(", ", files)
                    + (schedules.isEmpty() ? "" : ": use --schedules to run ContainerCronJobs"));
        }
        return schedules.isEmpty()
                ? Optional.empty()
                : Optional.of((schedules.size() == 1 ? "1 schedule is" : schedules.size() + " schedules are")
                        + " not run: use --schedules");
    }

    static void requireSchedules(Manifests manifests, List<String> files) {
        if (manifests.cronJobs().isEmpty()) {
            throw new IllegalArgumentException("no ContainerCronJob found in " + String.join(", ", files));
        }
        manifests.cronJobs().forEach(ScheduleArguments::requireName);
    }

    /** By its name it is known again. */
    private static void requireName(ContainerCronJob schedule) {
        var metadata = schedule.getMetadata();
        if (metadata.getGenerateName() != null && metadata.getName().startsWith(metadata.getGenerateName())) {
            throw new IllegalArgumentException("ContainerCronJob with generateName " + metadata.getGenerateName()
                    + " has no fixed name: set metadata.name");
        }
    }

    /** @param wanted null: the default */
    static Path stateFile(Path wanted, List<String> files) {
        if (wanted != null) {
            if (wanted.toString().isEmpty()) {
                throw new IllegalArgumentException("--state must not be empty");
            }
            return wanted;
        }
        if (files.contains("-")) {
            throw new IllegalArgumentException("--schedules with manifests from standard input requires --state FILE");
        }
        // Links are not resolved: one that is switched between releases is to keep its state.
        var paths = files.stream()
                .map(file -> Path.of(file).toAbsolutePath().normalize().toString())
                .distinct()
                .sorted()
                .collect(Collectors.joining("\0"));
        return stateHome().resolve("longshore").resolve("schedules-" + hash(paths) + ".json");
    }

    /** As the XDG Base Directory Specification says: a relative path is ignored. */
    private static Path stateHome() {
        return folder("XDG_STATE_HOME")
                .orElseGet(() -> folder("HOME")
                        .orElse(Path.of(System.getProperty("user.home")))
                        .resolve(".local")
                        .resolve("state"));
    }

    private static Optional<Path> folder(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(Path::of).filter(Path::isAbsolute);
    }

    private static String hash(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
