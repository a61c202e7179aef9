package quintet.retrieve.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionName;

/** What every {@link Generations} must do. */
public interface GenerationsContract {
    /** Returns the generations of this process. */
    Generations generations();

    /** Returns the generations as a process sees them that begins now. */
    Generations reopened();

    private static CollectionName name(String value) {
        return new CollectionName(value);
    }

    private static ChosenGeneration generation(String name, long revision) {
        return new ChosenGeneration(name(name), revision);
    }

    @Test
    default void aCollectionHasItsFirstGenerationUntilOneIsChosen() {
        assertThat(generations().chosen(name("book"))).isEmpty();
        assertThat(generations().resolve(name("book"))).isEqualTo(name("book"));
        assertThat(generations().resolve(name("book~2"))).isEqualTo(name("book~2"));
        assertThat(generations().isChosen(name("book"))).isTrue();
        assertThat(generations().isChosen(name("book~2"))).isFalse();
    }

    @Test
    default void theChoiceHoldsForThatCollectionAloneAndIsDurable() {
        assertThat(generations().choose(generation("acme.book~2", 3))).isEqualTo(generation("acme.book~2", 3));
        for (Generations each : new Generations[] {generations(), reopened()}) {
            assertThat(each.resolve(name("acme.book"))).isEqualTo(name("acme.book~2"));
            assertThat(each.resolve(name("book"))).isEqualTo(name("book"));
            assertThat(each.isChosen(name("acme.book"))).isFalse();
            assertThat(each.isChosen(name("acme.book~2"))).isTrue();
            assertThat(each.isChosen(name("acme.book~3"))).isFalse();
        }
    }

    @Test
    default void theHighestRevisionCountsInWhateverOrderTheyCome() {
        assertThat(generations().choose(generation("late~3", 7)).revision()).isEqualTo(7);
        assertThat(generations().choose(generation("late~2", 6))).isEqualTo(generation("late~3", 7));
        assertThat(generations().choose(generation("late~2", 7))).isEqualTo(generation("late~3", 7));
        assertThat(reopened().resolve(name("late"))).isEqualTo(name("late~3"));
        assertThat(reopened().choose(generation("late", 8))).isEqualTo(generation("late", 8));
        assertThat(reopened().resolve(name("late"))).isEqualTo(name("late"));
    }
}
