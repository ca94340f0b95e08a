import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Runs a command with the KUBECONFIG of an API server that has one job, one template and one host, and ends with it. For
 * the build alone: launcher.sh records with it which classes the commands on a cluster load.
 *
 * <p>Usage: {@code java StandInCluster.java FOLDER COMMAND [ARG...]}
 */
final class StandInCluster {
    private static final String PASSWORD = "changeit";
    private static final String METADATA =
            "{\"name\":\"hello\",\"namespace\":\"default\",\"uid\":\"1\",\"resourceVersion\":\"1\",\"generation\":1,"
                    + "\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"labels\":{\"app\":\"hello\"},\"managedFields\":[{"
                    + "\"manager\":\"kubectl\",\"operation\":\"Apply\",\"apiVersion\":\"longshore.dev/v1\","
                    + "\"time\":\"2026-01-01T00:00:00Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:spec\":{}}}]}";
    private static final String CONDITION = "{\"type\":\"%s\",\"status\":\"True\",\"reason\":\"Completed\","
            + "\"message\":\"\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\",\"observedGeneration\":1}";
    private static final String TEMPLATE = "{\"image\":\"busybox:stable\",\"command\":[\"sh\"],\"args\":[\"-c\",\"true\"],"
            + "\"env\":[{\"name\":\"A\",\"value\":\"b\"}],\"resources\":{\"limits\":{\"cpu\":\"500m\",\"memory\":\"32Mi\"}}}";
    private static final String JOB = "{\"spec\":{\"templateRef\":{\"name\":\"hello\"},\"hostRef\":{\"name\":\"local\"},"
            + "\"priority\":3},\"status\":{\"phase\":\"Completed\",\"reason\":\"Completed\",\"message\":\"exit code 0\","
            + "\"conditions\":[" + CONDITION.formatted("Finished") + "," + CONDITION.formatted("Succeeded") + "],"
            + "\"host\":{\"name\":\"local\",\"namespace\":\"default\"},\"attempt\":1,\"exitCode\":0,"
            + "\"startedAt\":\"2026-01-01T00:00:00Z\",\"finishedAt\":\"2026-01-01T00:00:01Z\",\"duration\":\"1s\","
            + "\"effective\":" + TEMPLATE + ",\"logs\":{\"stdout\":\"hello\\n\"},\"observedGeneration\":1}}";
    private static final String HOST = "{\"spec\":{\"endpoint\":\"unix:///var/run/docker.sock\",\"maxConcurrentJobs\":4},"
            + "\"status\":{\"conditions\":[" + CONDITION.formatted("Ready") + "]}}";

    private StandInCluster() {}

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        var keys = keys(folder);
        var server = server(keys);
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, kubeconfig(keys, server.getAddress().getPort()));
        var command = new ProcessBuilder(Arrays.asList(args).subList(1, args.length)).inheritIO();
        command.environment().put("KUBECONFIG", kubeconfig.toString());
        var exitCode = command.start().waitFor();
        System.exit(exitCode);
    }

    private static HttpsServer server(KeyStore keys) throws IOException, GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", StandInCluster::answer);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            var object = "{\"apiVersion\":\"longshore.dev/v1\",\"metadata\":" + METADATA + ",";
            if (path.contains("/containerjobs")) {
                object += "\"kind\":\"ContainerJob\"," + JOB.substring(1);
            } else if (path.contains("/dockerhosts")) {
                object += "\"kind\":\"DockerHost\"," + HOST.substring(1);
            } else {
                object += "\"kind\":\"ContainerTemplate\",\"spec\":" + TEMPLATE + "}";
            }
            var isList = exchange.getRequestMethod().equals("GET") && path.matches(".*/[a-z]+s");
            var body = (isList
                            ? "{\"apiVersion\":\"longshore.dev/v1\",\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"1\"},"
                                    + "\"items\":[" + object + "]}"
                            : object)
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** A key with a certificate of its own, which the JDK has no public API for. */
    private static KeyStore keys(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        var file = folder.resolve("keys");
        var keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=server",
                        "-ext",
                        "san=ip:127.0.0.1"))
                .inheritIO()
                .start();
        if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    /** A context for each usual way to say who one is. */
    private static String kubeconfig(KeyStore keys, int port) throws GeneralSecurityException {
        Certificate certificate = keys.getCertificate("server");
        Key key = keys.getKey("server", PASSWORD.toCharArray());
        var pem = pem("CERTIFICATE", certificate.getEncoded());
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: build, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}
                users:
                - {name: token, user: {token: token}}
                - {name: certificate, user: {client-certificate-data: %s, client-key-data: %s}}
                contexts:
                - {name: token, context: {cluster: build, user: token}}
                - {name: certificate, context: {cluster: build, user: certificate}}
                current-context: token
                """.formatted(port, pem, pem, pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String kind, byte[] content) {
        var text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
