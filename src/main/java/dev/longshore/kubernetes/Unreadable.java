package dev.longshore.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of each version of a resource that cannot be read, once, that it is skipped. From any thread. */
final class Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
    private static final int REMEMBERED = 1000;
    private static final int LONGEST = 300;

    private final Consumer<String> count;
    private final Map<String, Boolean> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param count receives the kind of each */
    Unreadable(Consumer<String> count) {
        this.count = count;
    }

    void met(String kind, ObjectMeta metadata, Exception problem) {
        synchronized (said) {
            if (said.put(kind + " " + metadata.getUid() + " " + metadata.getResourceVersion(), true) != null) {
                return;
            }
        }
        count.accept(kind);
        LOG.warn(
                "skipping {} {}/{}, which is invalid: {}; correct it, or delete and recreate it",
                kind,
                metadata.getNamespace(),
                metadata.getName(),
                message(problem));
    }

    private static String message(Exception problem) {
        var message = String.valueOf(
                problem instanceof JacksonException json ? json.getOriginalMessage() : problem.getMessage());
        var some = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
        // It may quote what a stranger wrote.
        return some.replaceAll("\\p{Cntrl}", " ");
    }
}
