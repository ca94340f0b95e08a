package dev.longshore.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As kubectl decides. */
class ProxiesTest {
    private static final String PROXY = "http://proxy.example.com:3128";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:6443",
                "https://127.8.9.10:6443",
                "https://localhost:6443",
                "https://LOCALHOST:6443",
                "https://[::1]:6443",
                "http://127.0.0.1:8080"
            })
    void nothingForThisMachineGoesThroughAProxy(String server) {
        assertThat(Proxies.to(URI.create(server), Map.of("HTTPS_PROXY", PROXY, "HTTP_PROXY", PROXY)))
                .isEmpty();
    }

    @Test
    void theSchemeOfTheServerDecidesWhichOne() {
        var both = Map.of("HTTPS_PROXY", "http://secure:1", "HTTP_PROXY", "http://plain:2");
        assertThat(Proxies.to(URI.create("https://api.example.com"), both)).hasValue("http://secure:1");
        assertThat(Proxies.to(URI.create("http://api.example.com"), both)).hasValue("http://plain:2");
        assertThat(Proxies.to(URI.create("https://api.example.com"), Map.of("HTTP_PROXY", PROXY)))
                .isEmpty();
        assertThat(Proxies.to(URI.create("https://api.example.com"), Map.of("https_proxy", PROXY)))
                .hasValue(PROXY);
        assertThat(Proxies.to(URI.create("https://api.example.com"), Map.of("HTTPS_PROXY", " ")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.example.com:3128, http://proxy.example.com:3128",
        "http://proxy.example.com, http://proxy.example.com:80",
        "http://me:secret@proxy:3128/, http://me:secret@proxy:3128",
        "socks5://proxy, socks5://proxy:1080",
        "http://[2001:db8::1]:3128, http://[2001:db8::1]:3128",
    })
    void whatIsLeftOutIsFilledIn(String given, String used) {
        assertThat(Proxies.to(URI.create("https://api.example.com"), Map.of("HTTPS_PROXY", given)))
                .hasValue(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "ftp://proxy:1", "http://a:secret@b c", "://"})
    void whatIsNoProxyIsToldWithoutItsPassword(String given) {
        assertThatThrownBy(() -> Proxies.to(URI.create("https://api.example.com"), Map.of("HTTPS_PROXY", given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY is not a valid proxy URL: ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://api.example.com:6443 | *",
                "https://the_api.example.com:6443 | example.com",
                "https://api.example.com:6443 | example.com",
                "https://api.example.com:6443 | .example.com",
                "https://api.example.com:6443 | *.example.com",
                "https://api.example.com:6443 | api.example.com",
                "https://api.example.com:6443 | API.Example.com",
                "https://api.example.com:6443 | other, api.example.com:6443",
                "https://api.example.com | api.example.com:443",
                "https://10.1.2.3:6443 | 10.1.2.3",
                "https://10.1.2.3:6443 | 10.1.2.3:6443",
                "https://10.1.2.3:6443 | 10.0.0.0/8",
                "https://[2001:db8::1]:6443 | 2001:db8::/32",
                "https://[2001:db8::1]:6443 | 2001:db8:0::1",
                "https://[2001:db8::1]:6443 | [2001:db8::1]:6443",
            })
    void noProxySpares(String server, String exceptions) {
        assertThat(through(server, exceptions)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://api.example.com:6443 | ''",
                "https://api.example.com:6443 | ample.com",
                "https://example.com:6443 | .example.com",
                "https://api.example.com:6443 | api.example.com:443",
                "https://api.example.com.org:6443 | example.com",
                "https://110.1.2.3:6443 | 10.1.2.3",
                "https://11.1.2.3:6443 | 10.0.0.0/8",
                "https://10.1.2.3:6443 | 10.0.0.0/64",
                "https://10.1.2.3:6443 | 2001:db8::/32",
                "https://api.example.com:6443 | 10.0.0.0/8, , what ever",
            })
    void allElseGoesThrough(String server, String exceptions) {
        assertThat(through(server, exceptions)).isTrue();
    }

    private static boolean through(String server, String exceptions) {
        var environment = new HashMap<>(Map.of("HTTPS_PROXY", PROXY));
        environment.put("NO_PROXY", exceptions);
        return Proxies.to(URI.create(server), environment).isPresent();
    }
}
