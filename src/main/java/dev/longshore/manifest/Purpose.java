package dev.longshore.manifest;

/** What manifests are read for, which decides how strict validation is. */
public enum Purpose {
    /** To apply them to a cluster. */
    VALIDATE(true, true, false),
    /** To print the effective configuration of jobs, with or without a cluster. */
    RENDER(false, false, false),
    /** To run the jobs in them without a cluster. */
    RUN(false, false, true);

    private final boolean needsHosts;
    private final boolean checksWhatIsUnused;
    private final boolean refusesOtherKinds;

    Purpose(boolean needsHosts, boolean checksWhatIsUnused, boolean refusesOtherKinds) {
        this.needsHosts = needsHosts;
        this.checksWhatIsUnused = checksWhatIsUnused;
        this.refusesOtherKinds = refusesOtherKinds;
    }

    /** Whether a job must specify its host. Without a cluster it defaults to the local daemon. */
    boolean needsHosts() {
        return needsHosts;
    }

    /** Whether to check the references of templates and hosts that no job uses. */
    boolean checksWhatIsUnused() {
        return checksWhatIsUnused;
    }

    /** Whether other kinds, such as Deployment, are errors. A directory for a cluster may contain them. */
    boolean refusesOtherKinds() {
        return refusesOtherKinds;
    }
}
