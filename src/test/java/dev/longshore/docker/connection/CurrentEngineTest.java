package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.Endpoint;
import dev.longshore.docker.IdleEngine;
import org.junit.jupiter.api.Test;

class CurrentEngineTest {
    private static final Endpoint ENDPOINT = new Endpoint("tcp://box:2375", null);

    private final CurrentEngine current = new CurrentEngine(ENDPOINT);

    private IdleEngine connected() {
        var engine = new IdleEngine();
        assertThat(current.take(ENDPOINT, engine)).isTrue();
        return engine;
    }

    @Test
    void aDaemonThatChangesAgainAndAgainIsNotConnectedToWithoutAPause() {
        assertThat(current.renew(connected())).isTrue();
        var second = connected();
        assertThat(current.renew(second)).isFalse();
        assertThat(current.is(second)).as("whoever asked reports the host").isTrue();
        assertThat(current.renew(new IdleEngine())).as("an earlier one").isTrue();
    }
}
