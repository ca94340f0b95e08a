package dev.longshore.manifest;

/** What manifests are read for: how strict the reading is depends on it. */
public enum Purpose {
    /** To apply them to a cluster. */
    VALIDATE(true, true, false),
    /** To see what jobs come to, on a cluster or without one. */
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

    /** Whether a job has to say where it runs. Without a cluster that is the local daemon. */
    boolean needsHosts() {
        return needsHosts;
    }

    /** Whether what a template or a host refers to matters although no job uses it. */
    boolean checksWhatIsUnused() {
        return checksWhatIsUnused;
    }

    /** Whether a Deployment, say, is an error. A folder for a cluster may well hold one. */
    boolean refusesOtherKinds() {
        return refusesOtherKinds;
    }
}
