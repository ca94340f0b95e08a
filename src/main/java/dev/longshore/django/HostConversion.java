package dev.longshore.django;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** DockerHosts from hosts and executors. */
final class HostConversion {
    private static final int USUAL_WEIGHT = 100;
    private static final Pattern SCHEME = Pattern.compile("(?i)(tcp|https?|unix|http\\+unix)://(.*)", Pattern.DOTALL);

    private static final Pattern PORT = Pattern.compile(":[0-9]+$");

    /**
     * A host that jobs refer to.
     *
     * @param pullsImages whether a missing image is pulled
     */
    record Host(String name, boolean pullsImages) {}

    private final Conversion conversion;
    private final Names names = new Names();

    HostConversion(Conversion conversion) {
        this.conversion = conversion;
    }

    /** By model and primary key. */
    Map<String, Map<String, Host>> convert() {
        var hosts = new HashMap<String, Map<String, Host>>();
        for (var model : new String[] {Models.HOST, Models.EXECUTOR}) {
            conversion
                    .dump
                    .rows(model)
                    .forEach(row -> names.reserve(
                            conversion.secrets.inField(row.field("name").asText(""))));
        }
        hosts.put(Models.HOST, conversion.each(Models.HOST, this::host));
        hosts.put(Models.EXECUTOR, conversion.each(Models.EXECUTOR, this::host));
        return hosts;
    }

    private Host host(Row row) {
        var executor = row.text("executor_type");
        if (!executor.isEmpty() && !executor.equals("docker")) {
            throw new InvalidRowException("executor_type is " + Notes.quoted(executor) + ", not docker");
        }
        return names.using(
                names.reserved(conversion.secrets.inField(row.required("name")), "host"), name -> host(row, name));
    }

    private Host host(Row row, String name) {
        var host = conversion.resource("DockerHost", name, row);
        var endpoint = endpoint(row, host);
        host.spec().put("endpoint", endpoint).put("active", row.flag("is_active", true));
        var description = conversion.field(row, "description", host);
        if (!description.isEmpty()) {
            host.spec().put("description", description);
        }
        row.whole("max_concurrent_jobs").ifPresent(most -> host.spec().put("maxConcurrentJobs", most));
        reportDifferences(row, host);
        var certificates = endpoint.startsWith("tcp://") && usesTls(row) ? addTls(row, host) : null;
        conversion.add(conversion.hosts, row, host);
        if (certificates != null) {
            conversion.secretResources.add(certificates);
        }
        return new Host(name, row.flag("auto_pull_images", true));
    }

    private static boolean usesTls(Row row) {
        return row.flag("tls_enabled", false) || row.text("connection_string").startsWith("https:");
    }

    private void reportDifferences(Row row, Resource host) {
        if (row.has("max_concurrent_jobs") && row.whole("max_concurrent_jobs").isEmpty()) {
            host.notes().add("max_concurrent_jobs is 0 or not set: the default of 10 applies");
        }
        if (usesTls(row) && !host.spec().path("endpoint").asText().startsWith("tcp:")) {
            host.notes().add("tls_enabled has no effect on a unix socket, and is not carried over");
        }
        if (row.whole("weight").orElse((long) USUAL_WEIGHT) != USUAL_WEIGHT) {
            host.notes()
                    .add(
                            "weight " + row.whole("weight").orElseThrow()
                                    + " is not carried over: jobs name their host, and a hostSelector chooses the least loaded one");
        }
        if (!row.field("executor_config").isEmpty()) {
            host.notes().add("executor_config is not carried over");
        }
    }

    /** As docker-py reads it. */
    private String endpoint(Row row, Resource host) {
        var parts = SCHEME.matcher(row.required("connection_string").strip());
        if (!parts.matches()) {
            throw new InvalidRowException("connection_string is neither unix:///path nor tcp://host:port");
        }
        if (parts.group(1).endsWith("unix")) {
            return "unix:///" + parts.group(2).replaceAll("^/+", "");
        }
        var address = parts.group(2).replaceAll("/$", "");
        var at = address.lastIndexOf('@');
        if (at >= 0) {
            host.notes().add("the user in connection_string is not carried over: Docker uses TLS certificates");
        }
        if (!PORT.matcher(address).find()) {
            throw new InvalidRowException("connection_string has no port");
        }
        return "tcp://" + address.substring(at + 1);
    }

    /** Without data, so that to apply it again keeps what was put into it. */
    private Resource addTls(Row row, Resource host) {
        var secret = conversion.secretNames.of(host.name() + "-tls", "tls");
        host.spec().putObject("tls").put("secretName", secret).put("verify", row.flag("tls_verify", true));
        host.notes().add("TLS certificates are not in a dump: put ca.crt, tls.crt and tls.key into Secret " + secret);
        var certificates = conversion.secret(secret, "TLS certificates of " + row);
        var namespace = conversion.options.namespace() == null ? "" : " -n " + conversion.options.namespace();
        certificates.comments().add("To put them into it, once; they stay when this is applied again:");
        certificates
                .comments()
                .add("  kubectl create secret generic " + secret + namespace + " --from-file=ca.crt --from-file=tls.crt"
                        + " --from-file=tls.key --dry-run=client -o yaml | kubectl replace -f -");
        certificates.content().putObject("stringData");
        return certificates.checked();
    }
}
