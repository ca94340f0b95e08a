package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTest {
    static List<Page> pages() throws IOException {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        assertThat(page.links())
                .filteredOn(link -> !link.contains("://") && !link.startsWith("#"))
                .allSatisfy(link -> assertThat(page.file().resolveSibling(link.replaceFirst("#.*", "")))
                        .matches(Files::exists, "is there"));
    }
}
