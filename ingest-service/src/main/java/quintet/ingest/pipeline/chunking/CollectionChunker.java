package quintet.ingest.pipeline.chunking;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.port.CollectionRegistry;
import quintet.ingest.port.TextEmbedder;
import quintet.ingest.port.TokenCounter;

/** Cuts documents the way that their collections asked for when they were put. Blocking. */
@ApplicationScoped
public class CollectionChunker {
    private final CollectionRegistry collections;
    private final TokenCounter tokenCounter;
    private final TextEmbedder embedder;
    private final ChunkingSettings defaults;

    CollectionChunker(
            CollectionRegistry collections, TokenCounter tokenCounter, TextEmbedder embedder, ChunkingConfig config) {
        this.collections = collections;
        this.tokenCounter = tokenCounter;
        this.embedder = embedder;
        defaults = config.settings();
    }

    /**
     * Returns the chunks of a version by rising ordinal; none if it is blank. Fails with {@link Failure.Kind#UNAVAILABLE} if
     * the strategy needs a service that does not answer: it is never replaced by another.
     */
    public List<Chunk> chunk(DocumentRef ref, CleanText clean) {
        return chunker(collections.chunkingOf(ref).orElse(defaults), tokenCounter, embedder)
                .chunk(clean);
    }

    static Chunker chunker(ChunkingSettings settings, TokenCounter tokenCounter, TextEmbedder embedder) {
        return switch (settings.strategy()) {
            case STRUCTURE -> new StructureChunker(tokenCounter, settings);
            case RECURSIVE -> new RecursiveChunker(tokenCounter, settings);
            case SENTENCE_WINDOW -> new SentenceWindowChunker(tokenCounter, settings);
            case HEADING -> new HeadingChunker(tokenCounter, settings);
            case SEMANTIC -> new SemanticChunker(tokenCounter, embedder, settings);
            case PARENT_CHILD -> new ParentChildChunker(tokenCounter, settings);
        };
    }
}
