package dev.longshore.django;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.docker.Masking;
import dev.longshore.docker.Redactor;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secret values of a dump, wherever else they are repeated in it. Those of four characters or more are found anywhere in a
 * text, shorter ones where they stand by themselves. All have to be known before the first text is masked. One thread.
 */
final class Secrets {
    /** The masking takes 16 bytes of memory for each. */
    private static final int MOST_BYTES = 3 << 20;

    private static final int SHORTEST = 2;
    private static final int SHORTEST_ANYWHERE = 4;
    /** Of settings that have a secret's name: masked everywhere, they would only destroy what is no secret. */
    private static final Set<String> TRIVIAL =
            Set.of("true", "false", "none", "null", "yes", "no", "on", "off", "enabled", "disabled");

    private static final Pattern ALONE = Pattern.compile("(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}]{2,3}(?![\\p{L}\\p{N}])");

    private final boolean include;
    private final Set<String> values = new HashSet<>();
    private final Set<String> shortValues = new HashSet<>();
    private long bytes;
    private Redactor redactor;

    /** @param include whether the output may have them */
    Secrets(boolean include) {
        this.include = include;
    }

    /** @throws Budget.ExceededException if they are too many to mask */
    void add(String value) {
        var secret = value.strip();
        if (secret.length() < SHORTEST || TRIVIAL.contains(secret.toLowerCase(Locale.ROOT))) {
            return;
        }
        if (secret.length() < SHORTEST_ANYWHERE) {
            shortValues.add(secret);
        } else if (values.add(secret)) {
            bytes += secret.length();
            if (bytes > MOST_BYTES) {
                throw new Budget.ExceededException(
                        "more than 3 MiB of secret values to mask: split it by dumpdata --pks");
            }
        }
        redactor = null;
    }

    /** For a comment, or a line on stderr. */
    String inMessage(String text) {
        if (redactor == null) {
            redactor = Redactor.of(values);
        }
        var masked = new ByteArrayOutputStream(text.length());
        var masking = redactor.masking(new Masking.Sink() {
            @Override
            public void put(byte each) {
                masked.write(each);
            }

            @Override
            public void mask() {
                masked.writeBytes(Redactor.MASK.getBytes(UTF_8));
            }
        });
        masking.append(text.getBytes(UTF_8));
        masking.finish();
        var result = masked.toString(UTF_8);
        if (shortValues.isEmpty()) {
            return result;
        }
        return shortValues.contains(text.strip())
                ? Redactor.MASK
                : ALONE.matcher(result)
                        .replaceAll(each -> shortValues.contains(each.group()) ? Redactor.MASK : each.group());
    }

    /** For a field of a resource. */
    String inField(String text) {
        return include ? text : inMessage(text);
    }

    boolean areIncluded() {
        return include;
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + " values]";
    }
}
