package dev.longshore.cli.output;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Conditions and Events of any resource. */
final class ObservedDescription {
    private ObservedDescription() {}

    static void conditions(Description text, List<Condition> conditions, Instant now) {
        if (conditions.isEmpty()) {
            return;
        }
        var columns = new Columns<Condition>()
                .add("TYPE", Condition::getType)
                .add("STATUS", Condition::getStatus)
                .add("REASON", Condition::getReason)
                .add("SINCE", condition -> Ages.since(condition.getLastTransitionTime(), now));
        text.table("Conditions", columns.table(conditions, false, false));
    }

    /** @param events null where they may not be read */
    static void events(Description text, List<Event> events, Instant now) {
        if (events == null) {
            text.add("Events", "<no permission to list Events>");
        } else if (events.isEmpty()) {
            text.add("Events", "<none>");
        } else {
            text.table("Events", columns(now).table(sorted(events), false, false));
        }
    }

    private static List<Event> sorted(List<Event> events) {
        return events.stream()
                .sorted(Comparator.comparing(ObservedDescription::time))
                .toList();
    }

    private static String time(Event event) {
        return event.getEventTime() == null
                ? event.getMetadata().getCreationTimestamp()
                : event.getEventTime().getTime();
    }

    private static Columns<Event> columns(Instant now) {
        return new Columns<Event>()
                .add("TYPE", Event::getType)
                .add("REASON", Event::getReason)
                .add("AGE", event -> Ages.since(time(event), now))
                .add("FROM", Event::getReportingController)
                .add("MESSAGE", Event::getNote);
    }
}
