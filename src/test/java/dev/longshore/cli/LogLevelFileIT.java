package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLevelFileIT {
    @TempDir
    private Path folder;

    @Test
    void theLevelIsWhatTheFileSaysAndWithoutItWhatItWas() throws IOException {
        var root = new LoggerContext().getLogger("ROOT");
        root.setLevel(Level.WARN);
        var file = folder.resolve("level");
        var levels = new LogLevelFile(file, root);
        levels.check();
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        Files.writeString(file, "debug\n");
        levels.check();
        assertThat(root.getLevel()).isEqualTo(Level.DEBUG);
        Files.writeString(file, "loud\n");
        levels.check();
        assertThat(root.getLevel()).isEqualTo(Level.DEBUG);
        Files.delete(file);
        levels.check();
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
    }
}
