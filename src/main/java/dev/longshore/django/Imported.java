package dev.longshore.django;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/** The resources of a dump, and what could not be carried over. */
public final class Imported {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]+");

    private final Conversion conversion;

    Imported(Conversion conversion) {
        this.conversion = conversion;
    }

    /** One line each, for stderr. Without any secret of the dump. */
    public List<String> problems() {
        return conversion.notes.all().stream()
                .map(conversion.secrets::inMessage)
                .toList();
    }

    /** As documents of YAML, in the order in which they can be applied. */
    public void print(PrintWriter out) {
        // A stream that starts with something else could be taken for JSON.
        out.println("---");
        comment("Imported from Django Docker Container Manager", out);
        conversion.notes.general().forEach(line -> comment("- " + line, out));
        out.println();
        var isFirst = true;
        for (var resource : conversion.all().toList()) {
            if (!isFirst) {
                out.println("---");
            }
            isFirst = false;
            resource.comments().forEach(line -> comment(line, out));
            resource.notes().forEach(line -> comment(line, out));
            out.print(YamlText.of(resource.content()));
        }
        out.flush();
    }

    private void comment(String line, PrintWriter out) {
        out.println("# " + CONTROL.matcher(conversion.secrets.inMessage(line)).replaceAll(" "));
    }
}
