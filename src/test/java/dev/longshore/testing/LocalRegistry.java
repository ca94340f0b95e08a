package dev.longshore.testing;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Debian's docker-registry on the loopback interface, which every daemon pulls from without TLS. */
public final class LocalRegistry implements AutoCloseable {
    private static final String MANIFESTS =
            "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json";

    private final String name;
    private final Process process;

    /** Anyone may pull and push. */
    public LocalRegistry(Path folder) throws IOException {
        this(folder, null);
    }

    /** @param htpasswd line for who may, or null: anyone */
    public LocalRegistry(Path folder, String htpasswd) throws IOException {
        var port = freePort();
        name = "127.0.0.1:" + port;
        if (htpasswd != null) {
            Files.writeString(folder.resolve("htpasswd"), htpasswd + "\n");
        }
        var config = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: %1$s/data}}
                http: {addr: "%2$s"}
                %3$s
                """.formatted(
                folder,
                name,
                htpasswd == null ? "" : "auth: {htpasswd: {realm: test, path: %s/htpasswd}}".formatted(folder)));
        process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> listens(port));
    }

    /** Also true where one must be there, so that its absence fails. For {@code EnabledIf}. */
    public static boolean isHere() {
        var here = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "docker-registry")));
        if (!here) {
            System.err.println("SKIPPED: pulls from a registry, for there is no docker-registry on the PATH.");
        }
        return here || Boolean.parseBoolean(System.getenv("LONGSHORE_REQUIRE_REGISTRY"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As it stands in references: host and port. */
    public String name() {
        return name;
    }

    /**
     * Builds an image, pushes it, and removes it from the daemon.
     *
     * @param path such as {@code team/app}
     * @param version which the image has as its environment variable VERSION
     * @return the digest, such as {@code sha256:…}
     */
    public String push(LocalDocker docker, String path, String tag, String version) {
        var repository = name + "/" + path;
        var container = docker.client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .exec()
                .getId();
        var image = docker.client()
                .commitCmd(container)
                .withEnv("VERSION=" + version)
                .exec();
        docker.client().removeContainerCmd(container).exec();
        docker.client().tagImageCmd(image, repository, tag).exec();
        push(docker, repository + ":" + tag, null);
        var digest = docker.client().inspectImageCmd(repository + ":" + tag).exec().getRepoDigests().stream()
                .filter(one -> one.startsWith(repository + "@"))
                .findFirst()
                .orElseThrow();
        remove(docker, repository + ":" + tag);
        return digest.substring(digest.indexOf('@') + 1);
    }

    /** Makes a tag one of the image that another tag is of. */
    public void moveTag(String path, String tag, String other) throws IOException, InterruptedException {
        var manifest = manifest(path, other);
        put(path, tag, type(manifest), manifest.body());
    }

    /** Pushes an image for several architectures, which the daemon does not have. */
    public void pushFor(LocalDocker docker, String path, String tag, String... architectures)
            throws IOException, InterruptedException {
        var parts = new ArrayList<String>();
        var type = "";
        for (var architecture : architectures) {
            var reference = name + "/" + path + ":" + architecture;
            docker.client()
                    .loadImageCmd(new ByteArrayInputStream(BusyboxImage.archive(reference, architecture)))
                    .exec();
            push(docker, reference, null);
            remove(docker, reference);
            var manifest = manifest(path, architecture);
            type = type(manifest);
            parts.add("""
                    {"mediaType": "%s", "digest": "%s", "size": %d, "platform": {"os": "linux", "architecture": "%s"}}
                    """.formatted(
                    type,
                    manifest.headers().firstValue("Docker-Content-Digest").orElseThrow(),
                    manifest.body().length,
                    architecture));
        }
        var index = type.contains("oci")
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.docker.distribution.manifest.list.v2+json";
        var text = "{\"schemaVersion\": 2, \"mediaType\": \"%s\", \"manifests\": %s}".formatted(index, parts);
        put(path, tag, index, text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path, String tag) {
        return HttpRequest.newBuilder(URI.create("http://" + name + "/v2/" + path + "/manifests/" + tag));
    }

    private HttpResponse<byte[]> manifest(String path, String tag) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request(path, tag).header("Accept", MANIFESTS).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String type(HttpResponse<byte[]> manifest) {
        return manifest.headers().firstValue("Content-Type").orElseThrow();
    }

    private void put(String path, String tag, String type, byte[] manifest) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        request(path, tag)
                                .header("Content-Type", type)
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != HttpURLConnection.HTTP_CREATED) {
            throw new IOException(answer.body());
        }
    }

    /** @param user null: nobody */
    public static void push(LocalDocker docker, String reference, AuthConfig user) {
        try {
            docker.client()
                    .pushImageCmd(reference)
                    .withAuthConfig(user == null ? new AuthConfig() : user)
                    .exec(new ResultCallback.Adapter<>())
                    .awaitCompletion();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Removes these references from the daemon, as far as they are there, and the containers of these images. An operator may be about to
     * remove such a container: Podman then fails to, and has to be asked again.
     */
    public static void remove(LocalDocker docker, String... references) {
        List.of(references)
                .forEach(reference -> await().atMost(Duration.ofSeconds(30))
                        .ignoreException(InternalServerErrorException.class)
                        .until(() -> removeNow(docker, reference)));
    }

    /** Removes what the daemon has of this registry, by whatever name. */
    public void removeAll(LocalDocker docker) {
        docker.client().listImagesCmd().exec().stream()
                .flatMap(image -> Stream.of(image.getRepoTags(), image.getRepoDigests()))
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .filter(reference -> reference.startsWith(name + "/") && !reference.contains("<none>"))
                .forEach(reference -> remove(docker, reference));
    }

    private static boolean removeNow(LocalDocker docker, String reference) {
        try {
            docker.client().removeImageCmd(reference).withForce(true).exec();
            return true;
        } catch (NotFoundException e) {
            // It is gone.
            return true;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
