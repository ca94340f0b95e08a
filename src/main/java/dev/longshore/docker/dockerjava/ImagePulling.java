package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.RegistryCredentials;
import dev.longshore.docker.deadline.SilenceWatch;
import dev.longshore.docker.transport.DockerHttp;
import dev.longshore.docker.transport.DockerHttpResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/**
 * One pull: errors come inside the stream of its progress, and only the image itself proves that it is there. A daemon
 * ends a pull when its connection is closed, which is done when it is not wanted any more or makes no progress. One thread.
 */
final class ImagePulling {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LINE = 1 << 16;

    private final ImagePull image;
    private final ImageReference reference;
    private final Patience patience;
    private final PullProgress progress = new PullProgress();
    /** Ends the request. */
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private String refusal;

    /**
     * How long a pull may stand still.
     *
     * @param registry while something is to come from there
     * @param daemon while it unpacks what came
     */
    record Patience(Duration registry, Duration daemon) {
        static final Patience USUAL = new Patience(Duration.ofMinutes(2), Duration.ofMinutes(30));
    }

    ImagePulling(ImagePull image, Patience patience) {
        this.image = image;
        this.reference = ImageReference.parse(image.reference());
        this.patience = patience;
        if (ImageReference.isImageId(image.reference())) {
            throw new DockerRefusedException("an image ID cannot be pulled", null);
        }
    }

    /** @param unwanted ends the pull when it is completed */
    void pull(DockerHttp http, String apiVersion, CompletableFuture<Void> unwanted) {
        var unused = unwanted.thenRun(() -> end.complete(null));
        try (var watch = new SilenceWatch(patience.registry(), () -> end.complete(null))) {
            watch.await();
            try (var response = http.execute(request(apiVersion), end)) {
                read(response, watch);
            } catch (RuntimeException e) {
                throw watch.wasTooLong() ? standstill(e) : e;
            }
            if (watch.wasTooLong()) {
                throw standstill(null);
            }
        }
        if (refusal != null) {
            throw new DockerRefusedException(refusal, null);
        }
    }

    private DockerHttpClient.Request request(String apiVersion) {
        var path = new StringBuilder("/v" + apiVersion + "/images/create?fromImage=" + encoded(reference.repository()))
                .append("&tag=")
                .append(encoded(reference.digest() == null ? reference.tag() : reference.digest()));
        if (image.platform() != null) {
            path.append("&platform=").append(encoded(image.platform()));
        }
        var request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path(path.toString());
        if (image.credentials() != null) {
            request.putHeader("X-Registry-Auth", header(image.credentials()));
        }
        return request.build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String header(RegistryCredentials credentials) {
        var fields = JSON.createObjectNode().put("serveraddress", credentials.registry());
        if (credentials.identityToken() == null) {
            fields.put("username", credentials.username()).put("password", credentials.password());
        } else {
            fields.put("identitytoken", credentials.identityToken());
        }
        return Base64.getUrlEncoder().encodeToString(fields.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void read(DockerHttpResponse response, SilenceWatch watch) {
        response.requireOk();
        try (var body = new BufferedInputStream(response.getBody())) {
            for (var line = line(body); line != null; line = line(body)) {
                take(line, watch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what is too long for it; null at the end. */
    private static byte[] line(InputStream body) throws IOException {
        var line = new ByteArrayOutputStream();
        var next = body.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
            next = body.read();
        }
        return line.toByteArray();
    }

    private void take(byte[] line, SilenceWatch watch) {
        JsonNode item;
        try {
            item = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // No daemon sends that: no progress.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var error = item.path("errorDetail")
                .path("message")
                .asText(item.path("error").asText(""));
        if (!error.isEmpty()) {
            refusal = DockerErrors.shorten(error);
        }
        if (progress.isNew(item)) {
            watch.await(progress.isDownloaded() ? patience.daemon() : patience.registry());
        }
    }

    private DockerRefusedException standstill(RuntimeException cause) {
        var why = progress.isDownloaded()
                ? "image downloaded, but the daemon has extracted nothing for "
                        + patience.daemon().toSeconds() + "s: check its disk for errors and free space"
                : "registry " + reference.domain() + " has sent nothing for "
                        + patience.registry().toSeconds()
                        + "s: check the registry, and that the daemon can reach it";
        return new DockerRefusedException(why, cause);
    }
}
