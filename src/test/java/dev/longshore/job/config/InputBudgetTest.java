package dev.longshore.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputBudgetTest {
    private static final long LARGE = InputSources.MOST_BYTES;

    private final InputBudget budget = new InputBudget();

    @Test
    void noNamespaceTakesMoreThanHalf() {
        assertThat(taken("greedy")).isEqualTo((int) (InputBudget.MOST_OF_ONE_NAMESPACE / LARGE));
        assertThat(budget.take("greedy", InputBudget.SMALL)).isTrue();
        assertThat(budget.take("other", LARGE)).isTrue();
    }

    @Test
    void andAllTogetherNoMoreThanThereIs() {
        var all = taken("a") + taken("b") + taken("c");
        assertThat(all).isEqualTo((int) (InputBudget.MOST / LARGE));
        budget.give("a", LARGE);
        assertThat(budget.take("c", LARGE)).isTrue();
        assertThat(budget.take("c", LARGE)).isFalse();
    }

    private int taken(String namespace) {
        var count = 0;
        while (budget.take(namespace, LARGE)) {
            count++;
        }
        return count;
    }
}
