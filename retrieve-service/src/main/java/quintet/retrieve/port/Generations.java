package quintet.retrieve.port;

import java.util.Optional;
import quintet.failure.Failure;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionName;

/**
 * Which generation of each collection searches go to. Kept beside the indexes, since it is worth as much as they are: without it
 * searches would go back to a generation that is not written any more.
 */
public interface Generations {
    /**
     * Returns the choice for a collection; empty if none was made, so that it has its first generation. Never blocks.
     *
     * @throws Failure UNAVAILABLE, reason INDEX_UNREADABLE or VECTOR_STORE_UNAVAILABLE, while the choices are not known
     */
    Optional<ChosenGeneration> chosen(CollectionName collection);

    /**
     * Chooses a generation, unless its revision is not above that of the last choice for its collection. Blocks until that is
     * durable.
     *
     * @return the choice that counts afterwards
     * @throws Failure UNAVAILABLE, reason INDEX_UNWRITABLE; then it is not known whether it was chosen
     */
    ChosenGeneration choose(ChosenGeneration generation);

    /** Returns what searches by a name go to; a name that only one generation has stands for that. */
    default CollectionName resolve(CollectionName name) {
        return name.namesGeneration()
                ? name
                : chosen(name).map(ChosenGeneration::generation).orElse(name);
    }

    /** Returns whether searches by the name of its collection go to a generation. */
    default boolean isChosen(CollectionName generation) {
        return resolve(generation.base()).equals(generation);
    }
}
