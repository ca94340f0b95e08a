package dev.longshore.django;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellSplitTest {
    /** As Python's {@code shlex.split} splits them: arguments in brackets. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            python process_data.py --title 'two words'  ~ [python][process_data.py][--title][two words]
            python -c "print(1 + 1)"                    ~ [python][-c][print(1 + 1)]
            a''b ''                                     ~ [ab][]
            a\\ b c\\"d                                 ~ [a b][c"d]
            "a\\"b\\\\c\\$d\\n"                         ~ [a"b\\c\\$d\\n]
            '\\'                                        ~ [\\]
            it"'"s                                      ~ [it's]
            """)
    void splits(String command, String arguments) {
        assertThat(String.join("][", ShellSplit.split(command).list()))
                .isEqualTo(arguments.substring(1, arguments.length() - 1));
    }

    @Test
    void lineBreaksAreSpaces() {
        assertThat(ShellSplit.split(" a\n\tb\r\n").list()).containsExactly("a", "b");
        assertThat(ShellSplit.split(" ").list()).isEmpty();
        assertThat(ShellSplit.split("\na\nb\n").special()).containsExactly("\\n");
        assertThat(ShellSplit.split("\na\n").special()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            echo 'open    ~ has a ' that is not closed
            echo "open\\" ~ has a " that is not closed
            echo \\       ~ ends with a backslash
            """)
    void anOpenQuoteIsRefused(String command, String message) {
        assertThatThrownBy(() -> ShellSplit.split(command)).hasMessage(message);
        assertThat(ShellSplit.lenient(command)).startsWith("echo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            echo $HOME && ls *.txt | wc > out  ~ $ && * | >
            echo '$HOME' \\$HOME a&b           ~ &
            echo "$HOME `date`"                ~ $ `
            ls *                               ~ *
            sh -c "echo $HOME | wc"            ~ ``
            /bin/bash -ec "echo $HOME" $X      ~ $
            python -c "print(a[0] * 2)"        ~ ``
            a#b #c                             ~ #
            A=1 b                              ~ NAME=
            """)
    void whatAShellWouldExpandIsReported(String command, String special) {
        assertThat(String.join(" ", ShellSplit.split(command).special())).isEqualTo(special == null ? "" : special);
    }
}
