package dev.longshore.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveKeyTest {
    private static final ArchiveKey KEY = new ArchiveKey("shop", "nightly.report", "0b9c3f2e-1d4a", 12);

    @Test
    void aPathAndBack() {
        assertThat(KEY.path()).isEqualTo("shop/nightly.report/0b9c3f2e-1d4a/12.log.gz");
        assertThat(ArchiveKey.parse(KEY.path())).contains(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "...", ".hidden", "-o", "_x", "a/b", "../x", "a/../b", "/", "\\", "a\\b", "a\0b", "a\nb",
                "a\n", "a b", "ä", "a%2fb", "a?b", "a#b", "a:b", "*", "~"
            })
    void aNameThatIsNoPlainPartOfAPathIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey(name, "j", "u", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey("n", name, "u", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey("n", "j", name, 1));
    }

    @Test
    void partsAreBounded() {
        var longest = "a".repeat(253);
        assertThat(new ArchiveKey("n", longest, "u", 1).job()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey("n", longest + "a", "u", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey("n", "j", "u", 0));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {""})
    void nothingIsRefusedWithTheNameOfThePart(String nothing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveKey("n", "j", nothing, 1))
                .withMessageStartingWith("uid: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n/j/u",
                "n/j/u/1",
                "n/j/u/0.log.gz",
                "n/j/u/01.log.gz",
                "n/j/u/-1.log.gz",
                "n/j/u/4294967297.log.gz",
                "n/j/u/1.log.gz.tmp",
                "n/j/u/1xlog.gz",
                "n/j/u/x/1.log.gz",
                "/n/j/u/1.log.gz",
                "n//u/1.log.gz",
                "n/../u/1.log.gz",
                "n/j/u/1.log.gz\n",
                "n/j/u/.1.log.gz.0.tmp"
            })
    void anotherPathIsNoKey(String path) {
        assertThat(ArchiveKey.parse(path)).isEmpty();
    }
}
