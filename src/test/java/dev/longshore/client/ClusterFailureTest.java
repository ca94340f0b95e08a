package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import org.junit.jupiter.api.Test;

class ClusterFailureTest {
    private static KubernetesClientException failure(Exception cause) {
        return new KubernetesClientException("failed", cause);
    }

    private static KubernetesClientException answer(int code) {
        return new KubernetesClientException("refused", code, null);
    }

    @Test
    void aRequestThatWasSentAndNotAnsweredMayHaveTakenEffect() {
        assertThat(failure(new EOFException("EOF reached while reading"))).matches(ClusterFailure::mayHaveTakenEffect);
        assertThat(failure(new IOException(new HttpTimeoutException("request timed out"))))
                .matches(ClusterFailure::mayHaveTakenEffect);
        assertThat(answer(502)).matches(ClusterFailure::mayHaveTakenEffect);
        assertThat(answer(504)).matches(ClusterFailure::mayHaveTakenEffect);
    }

    @Test
    void oneThatWasRefusedOrNeverSentHasNot() {
        assertThat(answer(403)).matches(failure -> !ClusterFailure.mayHaveTakenEffect(failure));
        assertThat(failure(answer(422))).matches(failure -> !ClusterFailure.mayHaveTakenEffect(failure));
        assertThat(failure(new ConnectException())).matches(failure -> !ClusterFailure.mayHaveTakenEffect(failure));
        assertThat(failure(new UnknownHostException("cluster")))
                .matches(failure -> !ClusterFailure.mayHaveTakenEffect(failure));
    }
}
