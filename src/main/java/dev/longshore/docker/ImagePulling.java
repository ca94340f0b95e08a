package dev.longshore.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One pull: errors come inside the stream of its progress, and only the image itself proves that it is there. */
final class ImagePulling extends ResultCallback.Adapter<PullResponseItem> {
    private final CountDownLatch done = new CountDownLatch(1);
    private String refusal;
    private Throwable failure;

    static String pull(DockerClient pulls, DockerClient docker, ImagePull image) {
        var reference = ImageReference.parse(image.reference());
        if (ImageReference.isImageId(image.reference())) {
            throw new DockerRefusedException(0, "an image ID cannot be pulled", null);
        }
        var command = pulls.pullImageCmd(reference.repository());
        if (reference.digest() != null) {
            command.withTag(reference.digest());
        } else {
            command.withTag(reference.tag());
        }
        if (image.platform() != null) {
            command.withPlatform(image.platform());
        }
        if (image.credentials() != null) {
            command.withAuthConfig(authConfig(image.credentials()));
        }
        command.exec(new ImagePulling()).await();
        return imageId(docker, image.reference())
                .orElseThrow(() -> new DockerRefusedException(0, "the daemon does not have it after the pull", null));
    }

    static Optional<String> imageId(DockerClient docker, String reference) {
        try {
            return Optional.of(docker.inspectImageCmd(reference).exec().getId());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static AuthConfig authConfig(RegistryCredentials credentials) {
        return new AuthConfig()
                .withRegistryAddress(credentials.registry())
                .withUsername(credentials.username())
                .withPassword(credentials.password())
                .withIdentityToken(credentials.identityToken());
    }

    private void await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while pulling", e);
        }
        if (refusal != null) {
            throw new DockerRefusedException(0, refusal, failure);
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /** These are called by one thread, and their effects seen after the latch opened. */
    @Override
    public void onNext(PullResponseItem item) {
        if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
            refusal = item.getErrorDetail().getMessage();
        }
    }

    /** Not passed on: docker-java would log it, also where it is the end that was asked for. */
    @Override
    public void onError(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
        done.countDown();
    }

    @Override
    public void onComplete() {
        done.countDown();
        super.onComplete();
    }
}
