package dev.longshore.django;

import java.io.IOException;
import java.io.InputStream;

/** Converts a dump of Django Docker Container Manager into manifests. */
public final class DjangoImport {
    private final ImportOptions options;

    public DjangoImport(ImportOptions options) {
        this.options = options;
    }

    /**
     * Reads a dump to its end.
     *
     * @param source for messages
     * @param dump JSON or JSON Lines of {@code manage.py dumpdata}
     * @throws IllegalArgumentException if it is not a dump of this application, or too much to keep in memory
     */
    public Imported read(String source, InputStream dump) throws IOException {
        var notes = new Notes();
        var secrets = new Secrets(options.includeSecrets());
        var read = new DumpReader(source, options, secrets, notes).read(dump);
        read.unused()
                .forEach((model, count) -> notes.add(
                        count(count, "object") + " of model " + Notes.quoted(model) + " skipped: " + reason(model)));
        var conversion = new Conversion(read, secrets, notes, options);
        var hosts = new HostConversion(conversion).convert();
        var templates = new TemplateConversion(conversion).convert();
        var environments = new EnvironmentConversion(conversion).convert();
        new JobConversion(conversion, hosts, templates, environments).convert();
        reportJobs(conversion);
        return new Imported(conversion);
    }

    private static String reason(String model) {
        return model.equals(Models.APPLICATION + Models.EXECUTION)
                ? "logs of earlier runs are not carried over"
                : "the model is of another application";
    }

    private void reportJobs(Conversion conversion) {
        var notes = conversion.notes;
        var dump = conversion.dump;
        if (dump.ended() > 0) {
            notes.add(count(dump.ended(), "finished job") + " skipped");
        }
        if (dump.running() > 0) {
            notes.add(count(dump.running(), "running job") + " skipped: the old system has to finish them");
        }
        if (dump.waiting() > 0) {
            notes.add(count(dump.waiting(), "pending job") + " skipped: carried over only with --jobs pending");
        }
        if (!conversion.jobs.isEmpty()) {
            notes.add("the old system may still run " + count(conversion.jobs.size(), "pending job") + " of these: "
                    + (options.start()
                            ? "stop it before they are applied, since they start at once"
                            : "suspended; once it is stopped, set spec.suspend to false"));
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
