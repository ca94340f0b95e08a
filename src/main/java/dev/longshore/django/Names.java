package dev.longshore.django;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Names for the resources of one kind: valid, and each used once. */
final class Names {
    private static final Pattern VALID =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern INVALID = Pattern.compile("[^a-z0-9.]+");
    private static final Pattern DOTS = Pattern.compile("[-.]*\\.[-.]*");
    private static final Pattern EDGES = Pattern.compile("^[-.]+|[-.]+$");
    /** As for a label, so that the name fits everywhere. */
    private static final int LONGEST = 63;

    private final Set<String> taken = new HashSet<>();
    /** Reserved names that have their owner. */
    private final Set<String> owned = new HashSet<>();

    private final Map<String, Integer> last = new HashMap<>();

    static boolean isValid(String name) {
        return name.length() <= LONGEST && VALID.matcher(name).matches();
    }

    /** For a name that is to stay as it is, before any other is changed. */
    void reserve(String name) {
        if (isValid(name)) {
            taken.add(name);
        }
    }

    /** The first of those with a reserved name gets it. */
    String reserved(String name, String otherwise) {
        return isValid(name) && taken.contains(name) && owned.add(name) ? name : of(name, otherwise);
    }

    /** @param otherwise where nothing of the name can stay */
    String of(String name, String otherwise) {
        var valid = shortened(valid(name), LONGEST);
        var base = valid.isEmpty() ? otherwise : valid;
        if (taken.add(base)) {
            owned.add(base);
            return base;
        }
        for (var number = last.getOrDefault(base, 1) + 1; ; number++) {
            var suffix = "-" + number;
            var next = shortened(base, LONGEST - suffix.length()) + suffix;
            if (taken.add(next)) {
                owned.add(next);
                last.put(base, number);
                return next;
            }
        }
    }

    /** Uses a name; where that fails, another one may have it. */
    <T> T using(String name, Function<String, T> use) {
        try {
            return use.apply(name);
        } catch (InvalidRowException e) {
            taken.remove(name);
            throw e;
        }
    }

    private static String valid(String name) {
        var start = name.substring(0, Math.min(name.length(), 4 * LONGEST));
        var plain = Normalizer.normalize(start, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        var dashed = INVALID.matcher(plain).replaceAll("-");
        return EDGES.matcher(DOTS.matcher(dashed).replaceAll(".")).replaceAll("");
    }

    private static String shortened(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length).replaceAll("[-.]+$", "");
    }
}
