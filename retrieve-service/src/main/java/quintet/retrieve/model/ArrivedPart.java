package quintet.retrieve.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part as it comes from embed-service.
 *
 * @param embedded the part with those of its passages that come with a vector
 * @param unchanged the others
 */
public record ArrivedPart(DocumentPart embedded, List<UnchangedPassage> unchanged) {
    /** Copies the passages and refuses more of them than the version has. */
    public ArrivedPart {
        unchanged = List.copyOf(unchanged);
        int count = embedded.passages().size() + unchanged.size();
        if (count > embedded.chunkCount()) {
            throw new IllegalArgumentException(
                    "part has %d chunks, its version only %d".formatted(count, embedded.chunkCount()));
        }
    }

    /** Returns the version that the part belongs to. */
    public VersionRef ref() {
        return embedded.ref();
    }

    /** Returns the keys of the vectors that it needs from the index. */
    public Set<VectorKey> needed() {
        return unchanged.stream().map(UnchangedPassage::key).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the whole part; empty if one of the vectors that it needs is not among {@code found}. */
    public Optional<DocumentPart> completed(Map<VectorKey, UnitVector> found) {
        List<EmbeddedPassage> passages = new ArrayList<>(embedded.passages());
        for (UnchangedPassage each : unchanged) {
            UnitVector vector = found.get(each.key());
            if (vector == null) {
                return Optional.empty();
            }
            passages.add(new EmbeddedPassage(each.passage(), vector, each.key()));
        }
        passages.sort(Comparator.comparingInt(each -> each.passage().ordinal()));
        return Optional.of(new DocumentPart(
                embedded.ref(),
                embedded.part(),
                embedded.partCount(),
                embedded.chunkCount(),
                embedded.info(),
                embedded.model(),
                passages));
    }
}
