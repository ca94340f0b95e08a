package dev.longshore.cli.log;

import dev.longshore.archive.Archived;
import dev.longshore.cli.log.JobLogViewer.Shown;
import dev.longshore.docker.LogQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The log of a job whose resource is gone: what the archive has of jobs of its name, the newest first. */
public final class GoneJobLog {
    /** Others that are named. */
    private static final int NAMED = 3;

    private final ArchiveReader archive;
    private final LogOutput output;
    private final LogQuery query;

    public GoneJobLog(ArchiveReader archive, LogOutput output, LogQuery query) {
        this.archive = archive;
        this.output = output;
        this.query = query;
    }

    /**
     * Shows it; nothing where the archive has none, or there is no archive.
     *
     * @param uid of the job, or null: the one whose log was stored last
     * @throws dev.longshore.archive.ArchiveException if the store fails before anything is shown
     */
    public Optional<Shown> show(String namespace, String job, String uid, AttemptChoice choice) {
        var jobs = jobs(archive.list(namespace, job));
        var shown =
                uid != null ? jobs.get(uid) : jobs.values().stream().findFirst().orElse(null);
        if (shown == null) {
            return Optional.empty();
        }
        if (uid == null && jobs.size() > 1) {
            output.say(severalJobs(job, List.copyOf(jobs.values())));
        }
        return Optional.of(show(job, shown, choice));
    }

    private Shown show(String job, List<Archived> attempts, AttemptChoice choice) {
        var last =
                attempts.stream().mapToInt(each -> each.key().attempt()).max().orElseThrow();
        var wanted = choice.of(last);
        var key = attempts.stream()
                .map(Archived::key)
                .filter(each -> each.attempt() == wanted)
                .findFirst();
        if (key.isEmpty()) {
            output.say(missing(job, attempts, wanted, choice));
            return Shown.TOO_LITTLE;
        }
        var copied = archive.copy(key.get(), query, output);
        if (copied.amount() == ArchiveReader.Amount.ALL) {
            return Shown.LOG;
        }
        output.say(copied.problem().isEmpty() ? missing(job, attempts, wanted, choice) : copied.problem());
        return Shown.TOO_LITTLE;
    }

    private static String missing(String job, List<Archived> attempts, int wanted, AttemptChoice choice) {
        var uid = attempts.get(0).key().uid();
        var there = attempts.stream()
                .map(each -> each.key().attempt())
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return "ContainerJob " + job + " is gone, and the log archive has no log of "
                + (choice.isPrevious() && wanted == 0 ? "an attempt before the last" : "attempt " + wanted)
                + " (UID " + uid + ", attempts there: " + there + ")";
    }

    /** By UID, in the order of their newest log. */
    private static Map<String, List<Archived>> jobs(List<Archived> newestFirst) {
        return newestFirst.stream()
                .collect(Collectors.groupingBy(each -> each.key().uid(), LinkedHashMap::new, Collectors.toList()));
    }

    private static String severalJobs(String job, List<List<Archived>> jobs) {
        Function<List<Archived>, String> text =
                attempts -> attempts.get(0).key().uid() + " (" + attempts.get(0).stored() + ")";
        var others = jobs.stream().skip(1).limit(NAMED).map(text).collect(Collectors.joining(", "));
        return "the log archive has logs of " + jobs.size() + " jobs named " + job + ": showing the newest, UID "
                + text.apply(jobs.get(0)) + "; use --uid for another: " + others
                + (jobs.size() - 1 > NAMED ? ", and " + (jobs.size() - 1 - NAMED) + " more" : "");
    }
}
