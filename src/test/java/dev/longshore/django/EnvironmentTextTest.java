package dev.longshore.django;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTextTest {
    private final List<Integer> broken = new ArrayList<>();

    @Test
    void readsLinesAsTheOldSystemDid() {
        var variables = EnvironmentText.parse("""
                # comment
                DEBUG=false
                   # another
                PASSWORD=with=equals

                 SPACES = around \t
                QUOTED="stays # here"
                EMPTY=
                DEBUG=last
                """.replace("\n", "\r\n"), broken::add);

        assertThat(variables)
                .containsExactly(
                        entry("DEBUG", "last"),
                        entry("PASSWORD", "with=equals"),
                        entry("SPACES", "around"),
                        entry("QUOTED", "\"stays # here\""),
                        entry("EMPTY", ""));
        assertThat(broken).isEmpty();
    }

    @Test
    void countsLinesThatAreNoVariables() {
        assertThat(EnvironmentText.parse("\nbroken line\nA=1\n=nameless", broken::add))
                .containsOnlyKeys("A");
        assertThat(broken).containsExactly(2, 4);
    }

    @Test
    void trimsWhatPythonTrims() {
        assertThat(EnvironmentText.parse("\u00a0A\u2003=\u0085 1 \u001c", broken::add))
                .containsExactly(entry("A", "1"));
    }
}
