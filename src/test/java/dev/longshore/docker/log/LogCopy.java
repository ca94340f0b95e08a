package dev.longshore.docker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.docker.LogEntry;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was copied of a log. */
class LogCopy implements ContainerLog.Sink {
    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    final List<String> cuts = new ArrayList<>();
    final List<Instant> times = new ArrayList<>();
    int gaps;

    @Override
    public void write(LogEntry entry) {
        (entry.isStderr() ? stderr : stdout).writeBytes(entry.bytes());
        times.add(entry.time());
    }

    @Override
    public void gap() {
        gaps++;
    }

    @Override
    public void cut(String why) {
        cuts.add(why);
    }

    String out() {
        return stdout.toString(UTF_8);
    }

    String err() {
        return stderr.toString(UTF_8);
    }
}
