import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A container that does nothing but take its time. Guarded by itself. */
final class StandInContainer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEVER = "0001-01-01T00:00:00Z";

    final String id;
    final String name;
    final JsonNode config;
    private final List<String> command = new ArrayList<>();
    private String status = "created";
    private int exitCode;
    private String startedAt = NEVER;
    private String finishedAt = NEVER;

    StandInContainer(String id, String name, JsonNode config) {
        this.id = id;
        this.name = name;
        this.config = config;
        config.path("Entrypoint").forEach(argument -> command.add(argument.asText()));
        config.path("Cmd").forEach(argument -> command.add(argument.asText()));
    }

    /** @param label written {@code key=value} */
    boolean hasLabel(String label) {
        var parts = label.split("=", 2);
        return config.path("Labels").path(parts[0]).asText().equals(parts[1]);
    }

    /** {@code sleep SECONDS}; everything else is over at once. */
    double seconds() {
        return command.size() > 1 && command.get(0).equals("sleep") ? Double.parseDouble(command.get(1)) : 0;
    }

    int exitCode() {
        return !command.isEmpty() && command.get(0).equals("false") ? 1 : 0;
    }

    /** {@code echo BYTES} prints so many on both streams. */
    byte[] log() {
        var bytes = command.size() > 1 && command.get(0).equals("echo") ? Integer.parseInt(command.get(1)) : 0;
        var text = "%079d%n".formatted(0).repeat(bytes / 80).getBytes(StandardCharsets.US_ASCII);
        return text.length == 0 ? text : concatenated(frame(1, text), frame(2, text));
    }

    private static byte[] frame(int stream, byte[] text) {
        return java.nio.ByteBuffer.allocate(8 + text.length)
                .put((byte) stream)
                .putInt(4, text.length)
                .position(8)
                .put(text)
                .array();
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        return java.nio.ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    synchronized boolean runs() {
        return status.equals("running");
    }

    synchronized boolean start() {
        if (!status.equals("created")) {
            return false;
        }
        status = "running";
        startedAt = Instant.now().toString();
        return true;
    }

    synchronized boolean end(int code) {
        if (!status.equals("running")) {
            return false;
        }
        status = "exited";
        exitCode = code;
        finishedAt = Instant.now().toString();
        notifyAll();
        return true;
    }

    /** Its exit code, once it has ended. */
    synchronized int awaitEnd() throws InterruptedException {
        while (!status.equals("exited")) {
            wait();
        }
        return exitCode;
    }

    synchronized byte[] inspection() {
        var answer =
                JSON.createObjectNode().put("Id", id).put("Name", "/" + name).put("Image", "sha256:" + "1".repeat(64));
        answer.putObject("State")
                .put("Status", status)
                .put("Running", status.equals("running"))
                .put("OOMKilled", false)
                .put("Error", "")
                .put("ExitCode", exitCode)
                .put("StartedAt", startedAt)
                .put("FinishedAt", finishedAt);
        var configuration = answer.putObject("Config");
        configuration.set("Labels", config.path("Labels"));
        configuration.set("Env", config.path("Env"));
        answer.putObject("NetworkSettings").putObject("Networks").putObject("bridge");
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    synchronized ObjectNode listed() {
        var answer = JSON.createObjectNode().put("Id", id).put("State", status).put("Image", "busybox:stable");
        answer.putArray("Names").add("/" + name);
        answer.set("Labels", config.path("Labels"));
        return answer;
    }

    byte[] event(String action) {
        var now = Instant.now();
        var answer = JSON.createObjectNode()
                .put("Type", "container")
                .put("Action", action)
                .put("status", action)
                .put("id", id)
                .put("time", now.getEpochSecond())
                .put("timeNano", now.getEpochSecond() * 1_000_000_000 + now.getNano());
        var attributes = answer.putObject("Actor").put("ID", id).putObject("Attributes");
        config.path("Labels").properties().forEach(label -> attributes.set(label.getKey(), label.getValue()));
        attributes.put("name", name);
        if (action.equals("die")) {
            attributes.put("exitCode", Integer.toString(exitCode()));
        }
        return (answer + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
