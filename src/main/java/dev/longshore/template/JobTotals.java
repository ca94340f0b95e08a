package dev.longshore.template;

import dev.longshore.api.TemplateJobs;

/**
 * What a template's status says of its jobs.
 *
 * @param averageDuration null: no job has completed
 * @param lastFinishedAt null: no job has finished
 */
record JobTotals(TemplateJobs jobs, String averageDuration, String lastFinishedAt) {
    static final JobTotals NONE = new JobTotals(new TemplateJobs(0, 0, 0, 0, 0), null, null);
}
