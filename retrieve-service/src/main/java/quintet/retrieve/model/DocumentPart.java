package quintet.retrieve.model;

import java.util.List;

/**
 * A part of a document version; the version is searchable once all of its parts have come.
 *
 * @param part number of the part, from 0
 * @param partCount number of parts of the version, at least 1
 * @param chunkCount number of passages of the version in all parts
 * @param passages those of this part, by rising ordinal
 */
public record DocumentPart(
        VersionRef ref,
        int part,
        int partCount,
        int chunkCount,
        DocumentInfo info,
        ModelRef model,
        List<EmbeddedPassage> passages) {
    /** Copies the passages and refuses a part that contradicts itself. */
    public DocumentPart {
        passages = List.copyOf(passages);
        if (partCount < 1 || part < 0 || part >= partCount) {
            throw new IllegalArgumentException("part is %d of %d".formatted(part, partCount));
        }
        if (passages.size() > chunkCount) {
            throw new IllegalArgumentException(
                    "part has %d chunks, its version only %d".formatted(passages.size(), chunkCount));
        }
        for (EmbeddedPassage embedded : passages) {
            if (embedded.vector().dimension() != model.dimension()) {
                throw new IllegalArgumentException("vector of chunk %d has %d dimensions, its model %d"
                        .formatted(
                                embedded.passage().ordinal(), embedded.vector().dimension(), model.dimension()));
            }
        }
    }
}
