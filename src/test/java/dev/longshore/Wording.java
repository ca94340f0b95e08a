package dev.longshore;

import java.util.List;
import java.util.regex.Pattern;

/** Words that were ours alone, and those that Kubernetes, Docker and Java have for the same. */
record Wording(Pattern pattern, String better) {
    /** What users read. Each a regular expression, in which a space is a line break, too. */
    static final List<Wording> PHRASES = words("(?i)", """
            (is|are|was|were|be|been|being) made(?! (of|up) )           -> created
            made ahead                                                  -> pre-created
            anew                                                        -> again, recreated
            starts next                                                 -> starting
            waits for (a slot on )?one of the                           -> queued: all … are in use
            ended with exit code                                        -> exited with code
            cannot be (made|started:|pulled to)                         -> failed to create, start, pull
            stopped after its|not started within its                    -> timed out after, deadline exceeded
            DockerHost \\S+ is inactive                                 -> is cordoned
            not found: (re)?create it                                   -> not found
            does not (allow it|admit)                                   -> denied by policy, does not allow
            (goes|go|went) on                                           -> continues, keeps running
            (became|becomes?) of                                        -> the state of, the result of
            the whole of                                                -> complete
            an argument too many                                        -> unexpected argument
            tells? (of|everything|nothing|whether)|told of              -> shows, reports
            (say|says|said) (of|so)                                     -> shows, reports, is logged
            tells? apart                                                -> distinguishes
            (can|could|cannot|to) be had                                -> is available
            cannot be spoken to                                         -> connection failed
            for reasons of its own                                      -> with an error
            whatever (it is|they are) asked                             -> all requests
            at (its|their) word                                         -> as correct
            what is wanted|what was found and done                      -> desired state, observed state
            for people                                                  -> human-readable
            most (processes|bytes|jobs that)                            -> maximum number of
            given up|gives up on                                        -> closed, canceled, disconnected
            look(s|ed)? at                                              -> checks, reads
            lost touch                                                  -> lost its connection
            (is|are) tried again                                        -> retrying
            has to (hold|look like)                                     -> expected
            vouch(es)? for                                              -> is signed by
            left alone                                                  -> ignored, not touched
            in sum                                                      -> in total
            (hangs|hung) up                                             -> closes the connection
            speaks? (no|TLS|HTTP|gRPC)                                  -> uses, supports
            being connected to                                          -> not connected yet
            for want of                                                 -> without
            nobody wants                                                -> no job needs
            no answer                                                   -> no response
            (is|are|was|were) away                                      -> unreachable, unavailable
            (is|are|was|were) left out                                  -> skipped, omitted
            """);

    /** Of prose only: what the API has, such as the phase {@code Cancelled}, is spelled as it is there. */
    static final List<Wording> SPELLINGS = words("", """
            (un)?cancell(ed|ing|er)(?!:)                                -> canceled, canceling
            (behaviou|colou|honou|favou|neighbou|labou)r\\w*            -> behavior, color, honor, favor
            (centre|licence|catalogue|grey|whilst|artefact|defence)s?   -> center, license, catalog, gray
            (un)?(label|model|travel|signal|channel)l(ed|ing)           -> labeled, modeled, traveled, signaled
            (analy|seriali|normali|recogni|organi|summari)s(e|ed|es|ing|ation)    -> analyze, serialize
            (initiali|optimi|minimi|customi|authori|synchroni)s(e|ed|es|ing|ation) -> initialize, optimize
            """);

    /** Words in the names of classes, methods, fields and variables; names of tests are sentences, and may have them. */
    static final List<Wording> NAMES = words("(?i)", """
            look(s|ed)?                                                 -> reconcile, requeueAfter
            poke(s|d)?                                                  -> enqueue
            (hear|hears|heard)                                          -> received, synced
            (news|notices?)                                             -> events, notifications
            expects?                                                    -> awaitSync, expire
            ahead                                                       -> preCreated
            made                                                        -> created
            anew                                                        -> again
            notyet                                                      -> Blocked
            (facts?|activity|activities)                                -> AttemptState, SharedState
            (ask|asks|asked)                                            -> admit, requested
            place                                                       -> position
            (occupy|occupies|occupied|leaves?)                          -> reserve, release
            measures                                                    -> metrics
            seen                                                        -> observed
            (tells?|told)                                               -> report, notify
            says                                                        -> reports, contains
            (words?|wording)                                            -> value, message
            slim(med|mer)?                                              -> trimmed
            (away|goeson|givenup)                                       -> unreachable, disconnected
            """);

    private static List<Wording> words(String flags, String table) {
        return table.lines()
                .map(line -> line.split(" +-> ", 2))
                .map(cells -> new Wording(
                        Pattern.compile(flags + "(?<![\\w-])(" + cells[0].replace(" ", "[\\s#|>]+") + ")(?![\\w-])"),
                        cells[1]))
                .toList();
    }
}
