package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster and namespace a command finds, and what it says where that is none. */
@NeedsApiServer
class KubeconfigIT {
    /** What the client takes for the environment's KUBECONFIG. */
    private static final String KUBECONFIG = "kubeconfig";

    @TempDir
    private Path folder;

    @AfterEach
    void forgetKubeconfig() {
        System.clearProperty(KUBECONFIG);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A context that leads to the server of the tests, as somebody else, in a namespace. */
    private String contexts(ApiServer server, String namespace) throws IOException {
        var own = Files.readString(server.kubeconfig());
        var cluster = value(own, "cluster");
        return """
                apiVersion: v1
                kind: Config
                contexts:
                - name: staging
                  context: {cluster: %s, user: %s, namespace: %s}
                """.formatted(cluster, value(own, "user"), namespace);
    }

    private static String value(String kubeconfig, String key) {
        return kubeconfig
                .lines()
                .map(line -> line.strip().replace("\"", ""))
                .filter(line -> line.matches(key + ": .+"))
                .map(line -> line.substring(key.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void severalFilesAreOneAndAContextHasItsNamespace(ApiServer server) throws IOException {
        server.installCrds();
        var more = file("more", contexts(server, "night"));
        System.setProperty(KUBECONFIG, folder.resolve("absent") + ":" + more + ":" + server.kubeconfig());
        assertThat(Commands.runAsItIs("list", "--context", "staging").err())
                .isEqualTo("No resources found in night namespace.\n");
        assertThat(Commands.runAsItIs("list").err()).isEqualTo("No resources found in default namespace.\n");
        assertThat(Commands.runAsItIs("list", "-n", "day").err()).isEqualTo("No resources found in day namespace.\n");
        Commands.runAsItIs("list", "--context", "stagging")
                .assertRefused("kubeconfig " + more, "no context stagging", "did you mean staging?");
    }

    @Test
    void aFileThatIsNotThereOrIsNoneIsNamed() throws IOException {
        Commands.runAsItIs("list", "--kubeconfig", "absent").assertRefused("absent does not exist");
        Commands.runAsItIs("list", "--kubeconfig", folder.toString()).assertRefused("is a directory");
        for (var text : new String[] {"just words", "a: [b", "[]"}) {
            Commands.runAsItIs("list", "--kubeconfig", file("bad", text).toString())
                    .assertRefused(folder.resolve("bad") + " is invalid");
        }
        for (var text : new String[] {"", "kind: Config", "current-context: ''"}) {
            Commands.runAsItIs("list", "--kubeconfig", file("bad", text).toString())
                    .assertRefused("no current context");
        }
        var half = "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]";
        Commands.runAsItIs("list", "--kubeconfig", file("bad", half).toString())
                .assertRefused("refers to cluster b, which does not exist");
        System.setProperty(KUBECONFIG, "absent:gone");
        Commands.runAsItIs("list").assertRefused("no kubeconfig found at absent, gone");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        Commands.runAsItIs("list", "--kubeconfig", pointingAt("https://127.0.0.1:1"))
                .assertRefused("https://127.0.0.1:1/ is unreachable");
        Commands.runAsItIs("list", "--kubeconfig", pointingAt("https://no-such-host.invalid"))
                .assertRefused("has an unknown host name");
    }

    @Test
    void anAddressThatIsNoneIsNamed() throws IOException {
        Commands.runAsItIs("list", "--kubeconfig", pointingAt("not an address"))
                .assertRefused("cluster b has the server 'not an address': must be like https://host:6443");
    }

    @Test
    void credentialsThatCannotBeHadAreNamed() throws IOException {
        Commands.runAsItIs(
                        "list",
                        "--kubeconfig",
                        withUser("exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-login}"))
                .assertRefused("the command no-such-login returned no credentials for user c: run it to see why");
        Commands.runAsItIs("list", "--kubeconfig", withUser("client-certificate: /no/cert, client-key: /no/key"))
                .assertRefused("failed to read /no/cert, which the kubeconfig refers to");
    }

    private String withUser(String credentials) throws IOException {
        var pointing = Path.of(pointingAt("https://127.0.0.1:1"));
        return Files.writeString(pointing, Files.readString(pointing).replace("token: nonsense", credentials))
                .toString();
    }

    @Test
    void aServerThatSaysNothingIsGivenUpSoon() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var start = System.nanoTime();
            Commands.runAsItIs("list", "--kubeconfig", pointingAt("https://127.0.0.1:" + silent.getLocalPort()))
                    .assertRefused("did not respond in time");
            assertThat(System.nanoTime() - start).isLessThan(15_000_000_000L);
        }
    }

    private String pointingAt(String server) throws IOException {
        return file("pointing", """
                current-context: a
                contexts: [{name: a, context: {cluster: b, user: c}}]
                clusters: [{name: b, cluster: {server: '%s', insecure-skip-tls-verify: true}}]
                users: [{name: c, user: {token: nonsense}}]
                """.formatted(server)).toString();
    }

    @Test
    void whoActsAsSomebodyElseHasNoMoreRightsThanThey(ApiServer server) throws IOException {
        var own = Files.readString(server.kubeconfig());
        var acting = own.replace("client-key:", "as: somebody\n      client-key:");
        Commands.runAsItIs("list", "--kubeconfig", file("acting", acting).toString())
                .assertRefused("User \"somebody\" cannot list resource");
    }

    @Test
    void whoIsNotKnownIsToldSo(ApiServer server) throws IOException {
        var address = server.client().getMasterUrl().toString().replaceFirst("/$", "");
        Commands.runAsItIs("list", "--kubeconfig", pointingAt(address)).assertRefused("rejected the credentials");
    }

    @Test
    void aServerOnLoopbackIsNotLookedForBehindAProxy(ApiServer server) throws Exception {
        server.installCrds();
        assertThat(listing(server, Map.of("HTTPS_PROXY", "http://127.0.0.1:1"))).contains("No resources found");
    }

    private String listing(ApiServer server, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(
                        Finished.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.longshore.cli.Main",
                        "list",
                        "--namespace",
                        server.namespace())
                .redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", server.kubeconfig().toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(0);
        return output;
    }
}
