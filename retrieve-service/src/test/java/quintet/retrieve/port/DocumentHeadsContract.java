package quintet.retrieve.port;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.retrieve.Samples;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ListedDocument;

/** What every {@link DocumentHeads} must list of what its {@link PassageWriter} has written. */
public interface DocumentHeadsContract {
    DocumentHeads heads();

    PassageWriter writer();

    @Test
    default void listsNothingOfACollectionThatHasNoIndex() {
        assertThat(heads().page(COLLECTION, "", 10)).isEmpty();
    }

    @Test
    default void listsVersionsDeletionsAndCountedPassages() {
        put(whole(ref("a", 1), "one", "two"));
        put(whole(ref("a", 3), "one", "two", "three"));
        put(whole(ref("b", 1), "gone"));
        assertThat(writer().remove(ref("b", 2)).deleted()).isTrue();

        assertThat(heads().page(COLLECTION, "", 10))
                .extracting(document -> new ListedDocument(document.documentId(), Samples.timeless(document.head())))
                .containsExactly(
                        new ListedDocument("a", Samples.head(3, false, 3)),
                        new ListedDocument("b", Samples.head(2, true, 0)));
    }

    @Test
    default void pagesInTheOrderOfTheIdentifiers() {
        List<String> ids = List.of("-", "10", "9", "A", "Z", "_x", "a", "a.b", "a0", "aa", "b");
        ids.reversed().forEach(id -> put(whole(ref(id, 1), "text of " + id)));

        for (int size = 1; size <= ids.size() + 1; size++) {
            String after = "";
            List<String> met = new ArrayList<>();
            while (true) {
                List<ListedDocument> page = heads().page(COLLECTION, after, size);
                page.forEach(document -> met.add(document.documentId()));
                if (page.size() < size) {
                    break;
                }
                after = page.getLast().documentId();
            }
            assertThat(met).as("pages of " + size).containsExactlyElementsOf(ids);
        }
    }

    @Test
    default void seesThroughManySegments() {
        IntStream.range(0, 60).forEach(i -> put(whole(ref("d%02d".formatted(i % 20), 1 + i / 20), "round " + i)));

        assertThat(heads().page(COLLECTION, "", 100))
                .hasSize(20)
                .allSatisfy(document ->
                        assertThat(Samples.timeless(document.head())).isEqualTo(Samples.head(3, false, 1)));
    }

    private void put(DocumentPart part) {
        DocumentHead head = writer().put(part.ref(), List.of(part));
        assertThat(head.version()).isEqualTo(part.ref().version());
    }
}
