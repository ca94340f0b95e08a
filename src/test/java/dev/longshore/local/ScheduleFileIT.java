package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ObservedSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system. */
class ScheduleFileIT {
    @TempDir
    private Path folder;

    private static ScheduleState with(ScheduleState state, String schedule) {
        return new ScheduleState(
                state.instance(),
                Map.of(
                        "team/nightly",
                        new ScheduleState.Stored(
                                new ObservedSchedule(schedule, "Etc/UTC", "2026-01-01T00:00:00.000Z"),
                                null,
                                null,
                                List.of())));
    }

    private static void assertRefused(Path file, String... message) {
        assertThatThrownBy(() -> ScheduleFile.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void keepsWhatWasWrittenForTheOwnerAlone() throws IOException {
        var path = folder.resolve("a").resolve("b").resolve("state.json");
        ScheduleState written;
        try (var file = ScheduleFile.open(path)) {
            written = with(file.initial(), "@daily");
            file.write(written);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (var file = ScheduleFile.open(path)) {
            assertThat(file.initial()).isEqualTo(written);
        }
        try (var files = Files.list(path.getParent())) {
            assertThat(files.map(Path::getFileName)).map(Path::toString).containsOnly("state.json", "state.json.lock");
        }
    }

    @Test
    void oneProcessAtATimeHasIt() {
        var path = folder.resolve("state.json");
        try (var file = ScheduleFile.open(path)) {
            assertThat(file).hasToString(path.toString());
            assertRefused(path, "state file " + path, "is in use by another longshore run --schedules");
        }
        ScheduleFile.open(path).close();
    }

    @Test
    void whatItReplacesBehindALinkIsTheFile() throws IOException {
        var real = folder.resolve("real.json");
        ScheduleFile.open(real).close();
        var link = Files.createSymbolicLink(folder.resolve("link.json"), real);
        try (var file = ScheduleFile.open(link)) {
            file.write(with(file.initial(), "@daily"));
        }
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).contains("@daily");
    }

    @Test
    void aBrokenOneIsRefusedAndLeftAsItIs() throws IOException {
        var path = Files.writeString(folder.resolve("state.json"), "{\"version\": 1, \"inst");
        assertRefused(
                path, "state file " + path, " is invalid: ", "delete it to start over", "containers that still run");
        assertThat(path).hasContent("{\"version\": 1, \"inst");
        Files.writeString(path, "");
        assertRefused(path, "state file " + path, " is invalid: ");
        Files.write(path, new byte[17 << 20]);
        assertRefused(path, "state file " + path, "larger than 16 MiB");
    }

    @Test
    void whatIsNoFileIsNamed() throws IOException {
        assertRefused(folder, "state file " + folder, "is not a regular file");
        var file = Files.writeString(folder.resolve("file"), "");
        assertRefused(file.resolve("state.json"), "state.json", "not a folder: ");
    }

    @Test
    void aFolderThatCannotBeThereIsNamed() {
        assertRefused(
                Path.of("/proc/longshore/state.json"),
                "failed to open state file /proc/longshore/state.json: no such file or directory: /proc/longshore");
    }

    @Test
    void whatCannotBeWrittenLeavesTheOneBefore() throws IOException {
        var path = folder.resolve("state.json");
        try (var file = ScheduleFile.open(path)) {
            file.write(with(file.initial(), "@daily"));
            var before = Files.readString(path);
            Files.createDirectories(folder.resolve("state.json.tmp").resolve("full"));
            assertThatThrownBy(() -> file.write(with(file.initial(), "@weekly")))
                    .isInstanceOf(IOException.class);
            assertThat(path).hasContent(before);
        }
    }
}
