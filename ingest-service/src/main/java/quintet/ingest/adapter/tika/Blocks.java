package quintet.ingest.adapter.tika;

import java.util.ArrayList;
import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.Block;

/** Collects blocks up to a number of characters. Blank ones are left out. */
final class Blocks {
    private final List<Block> blocks = new ArrayList<>();
    private final int maxCharacters;
    private long characters;

    Blocks(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    void add(Block block) {
        if (block.text().isBlank()) {
            return;
        }
        count(block.text().length());
        blocks.add(block);
    }

    /** Counts characters that are not in a block yet. */
    private void count(int more) {
        characters += more;
        check(0);
    }

    /** Fails if {@code more} characters would be too many. */
    void check(int more) {
        if (characters + more > maxCharacters) {
            throw Failure.invalidInput(
                    "TEXT_TOO_LONG", "the file has more than %d characters of text, the limit", maxCharacters);
        }
    }

    List<Block> list() {
        return blocks;
    }
}
