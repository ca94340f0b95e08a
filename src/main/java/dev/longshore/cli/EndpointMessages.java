package dev.longshore.cli;

import dev.longshore.doctor.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said of a DockerHost and its Secret, for whoever gave an endpoint and the options of {@link TlsFiles}. */
final class EndpointMessages {
    private static final String OPTIONS = "--tlscacert, --tlscert and --tlskey";

    /** In the order in which they are replaced. */
    private static final Map<String, String> REPLACEMENTS = new LinkedHashMap<>();

    static {
        REPLACEMENTS.put("and set spec.tls of the DockerHost", "and use " + OPTIONS);
        REPLACEMENTS.put("set spec.tls to a Secret with its certificates", "use " + OPTIONS);
        REPLACEMENTS.put("remove spec.tls or correct the port", "omit " + OPTIONS + ", or correct the port");
        REPLACEMENTS.put("add tls.crt and tls.key to the Secret", "use --tlscert and --tlskey");
        REPLACEMENTS.put(
                "renew tls.crt and tls.key in the Secret, which takes effect within 30s",
                "renew the files of --tlscert and --tlskey");
        REPLACEMENTS.put("daemon's client CA (--tlscacert)", "daemon's client CA");
        REPLACEMENTS.put("not signed by ca.crt", "not signed by a CA of --tlscacert (default: the system's)");
        REPLACEMENTS.put("certificate in tls.crt", "certificate of --tlscert");
        REPLACEMENTS.put("spec.endpoint", "the endpoint");
        REPLACEMENTS.put("ca.crt", "--tlscacert");
        REPLACEMENTS.put("tls.crt", "--tlscert");
        REPLACEMENTS.put("tls.key", "--tlskey");
    }

    private EndpointMessages() {}

    static List<Finding> of(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Finding(
                        finding.level(), finding.check(), translated(finding.detail()), translated(finding.remedy())))
                .toList();
    }

    private static String translated(String text) {
        var message = text;
        for (var each : REPLACEMENTS.entrySet()) {
            message = message.replace(each.getKey(), each.getValue());
        }
        return message;
    }
}
