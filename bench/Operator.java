import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code longshore operator} as users run it: a process of its own, from the jar. */
final class Operator implements AutoCloseable {
    private static final Path JAR = Path.of("target", "longshore.jar");
    /** The limit of the chart, of which the image takes its share. */
    private static final String MEMORY = "-XX:MaxRAM=512m";

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Duration untilReady;

    /** Starts it and waits until it is ready. A file named in the environment as JFR gets a profile of it. */
    Operator(Path kubeconfig, String instance, Path log) throws IOException, InterruptedException {
        this(kubeconfig, instance, log, List.of(), List.of());
    }

    /**
     * @param java options after those of the image
     * @param options of the operator
     */
    Operator(Path kubeconfig, String instance, Path log, List<String> java, List<String> options)
            throws IOException, InterruptedException {
        port = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(imageOptions());
        command.add(MEMORY);
        command.addAll(java);
        if (System.getenv("JFR") != null) {
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + System.getenv("JFR"));
        }
        command.addAll(List.of("-jar", JAR.toString(), "operator", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of("--instance", instance, "--http-port", Integer.toString(port)));
        command.addAll(options);
        var began = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the operator ended, see " + log);
            }
            Thread.sleep(20);
        }
        untilReady = Duration.ofNanos(System.nanoTime() - began);
    }

    /** The options of Java in the image. */
    static List<String> imageOptions() throws IOException {
        return Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith("ENTRYPOINT"))
                .flatMap(line -> Arrays.stream(line.split("\"")))
                .filter(word -> word.startsWith("-X"))
                .toList();
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Duration untilReady() {
        return untilReady;
    }

    long pid() {
        return process.pid();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/readyz").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The sum over all series of a metric. */
    double metric(String name) throws IOException, InterruptedException {
        return MetricText.sum(get("/metrics").body(), name);
    }

    /** The size of the answer of {@code /metrics}, in bytes as sent. */
    Scrape scrape(String encoding) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .header("Accept-Encoding", encoding)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return new Scrape(
                answer.body().length,
                answer.headers().firstValue("Content-Encoding").orElse("identity"));
    }

    record Scrape(int bytes, String encoding) {}

    /** Memory in use by the process, in MiB. */
    long residentMib() throws IOException {
        return status("VmRSS:") / 1024;
    }

    /** The most that was ever in use by the process, in MiB. */
    long mostResidentMib() throws IOException {
        return status("VmHWM:") / 1024;
    }

    int threads() throws IOException {
        return (int) status("Threads:");
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    int openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            return (int) files.count();
        }
    }

    /** Processor time since its start. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The heap after a collection, in MiB, as {@code jcmd} says. */
    long liveHeapMib() throws IOException, InterruptedException {
        jcmd("GC.run");
        return jcmd("GC.heap_info")
                        .lines()
                        .filter(line -> line.matches(".* total +[0-9]+K, used .*"))
                        .mapToLong(line -> Long.parseLong(line.replaceFirst(".*used ([0-9]+)K.*", "$1")))
                        .sum()
                / 1024;
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        return jcmd(pid(), command);
    }

    /**
     * How many methods of a Java process are compiled, as {@code jcmd} reports: {@code jstat -compiler} reads what the image does not
     * write.
     */
    static int compiledMethods(long pid) throws IOException, InterruptedException {
        return Integer.parseInt(jcmd(pid, "Compiler.codecache").replaceFirst("(?s).*\\bnmethods=([0-9]+).*", "$1"));
    }

    private static String jcmd(long pid, String... command) throws IOException, InterruptedException {
        var message = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        message.addAll(List.of(command));
        var jcmd = new ProcessBuilder(message).redirectErrorStream(true).start();
        var said = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        return said;
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
