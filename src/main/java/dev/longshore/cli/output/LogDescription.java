package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogs;
import dev.longshore.client.KeptContainer;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** What is left of a job's containers, for people: log tails, the archived log, and containers that are kept for a while. */
final class LogDescription {
    /** What a shell reads as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./:@%+=,-]*");

    private LogDescription() {}

    static void add(Description text, JobLogs logs) {
        if (logs == null) {
            return;
        }
        archive(text, logs.archive());
        var cut = Boolean.TRUE.equals(logs.truncated()) ? " (truncated)" : "";
        text.text("Standard Output" + cut, logs.stdout()).text("Standard Error" + cut, logs.stderr());
    }

    private static void archive(Description text, JobLogArchive archive) {
        if (archive != null) {
            text.begin("Log Archive")
                    .add("URL", archive.url())
                    .add("Size", StatusText.bytes(archive.bytes()))
                    .add("Truncated", Boolean.TRUE.equals(archive.truncated()) ? true : null)
                    .add("Error", archive.error())
                    .end();
        }
    }

    /**
     * Containers of failed attempts that are not removed yet, and how to look into them.
     *
     * @param host of the job; null where it could not be read
     */
    static void kept(Description text, ContainerJob job, DockerHost host, Instant now) {
        for (var kept : KeptContainer.of(job, now)) {
            var until = kept.until().truncatedTo(ChronoUnit.SECONDS);
            // The name is ours, whatever the status has.
            var name = JobLabels.containerName(job, kept.attempt());
            text.begin("Kept Container (attempt " + kept.attempt() + ")")
                    .add(
                            "Until",
                            "about " + until
                                    + (JobPhases.removesEnded(job)
                                            ? ""
                                            : ", and until the job is deleted (autoRemove is false)"))
                    .add("Log", docker(host, "logs " + name))
                    .add("Copy Files", docker(host, "cp " + name + ":/path ."))
                    .add("Changed Files", docker(host, "diff " + name))
                    .end();
        }
    }

    private static String docker(DockerHost host, String command) {
        if (host == null) {
            return "docker " + command;
        }
        var tls = host.getSpec().tls();
        return "docker " + (tls == null ? "" : tls.verify() ? "--tlsverify " : "--tls ") + "-H "
                + quoted(host.getSpec().endpoint()) + " " + command;
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
