package quintet.retrieve.port;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quintet.retrieve.Samples;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentVectors;
import quintet.retrieve.model.StoredVector;

/** What every store hands out. */
public interface StoredVectorsContract {
    StoredVectors stored();

    PassageWriter writer();

    @Test
    default void handsOutTheVectorsOfTheVersionThatSearchesFind() {
        assertThat(writer().put(ref("doc", 1), List.of(whole(ref("doc", 1), "red apples", "blue plums", "old")))
                        .version())
                .isEqualTo(1);
        assertThat(writer().put(ref("other", 1), List.of(whole(ref("other", 1), "sour cherries")))
                        .version())
                .isEqualTo(1);
        assertThat(writer().put(ref("doc", 2), List.of(whole(ref("doc", 2), "red pears", "blue plums")))
                        .version())
                .isEqualTo(2);

        DocumentVectors found = stored().read(COLLECTION, "doc", Set.of("doc#000", "doc#001", "doc#002", "other#000"));

        assertThat(found.version()).isEqualTo(2);
        assertThat(found.model()).contains(MODEL);
        assertThat(found.vectors())
                .containsExactlyInAnyOrder(
                        new StoredVector("doc#000", Samples.vector("red pears"), Samples.key(MODEL, "red pears")),
                        new StoredVector("doc#001", Samples.vector("blue plums"), Samples.key(MODEL, "blue plums")));
    }

    @Test
    default void handsOutNothingOfWhatSearchesDoNotFind() {
        assertThat(stored().read(new CollectionName("nowhere"), "doc", Set.of("doc#000")))
                .isEqualTo(DocumentVectors.NONE);
        assertThat(writer().put(ref("doc", 1), List.of(whole(ref("doc", 1), "red apples")))
                        .version())
                .isEqualTo(1);
        assertThat(stored().read(COLLECTION, "unknown", Set.of("doc#000")).vectors())
                .isEmpty();
        assertThat(writer().remove(ref("doc", 2)).deleted()).isTrue();
        DocumentVectors deleted = stored().read(COLLECTION, "doc", Set.of("doc#000"));
        assertThat(deleted.version()).isZero();
        assertThat(deleted.vectors()).isEmpty();
    }
}
