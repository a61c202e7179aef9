package quintet.ingest.model;

import java.util.List;

/**
 * What a parser makes of a file.
 *
 * @param findings what it says about itself
 * @param blocks its text in reading order; pages never fall
 */
public record ParsedDocument(Findings findings, List<Block> blocks) {
    /** Copies the blocks. */
    public ParsedDocument {
        blocks = List.copyOf(blocks);
    }
}
