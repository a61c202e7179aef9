package quintet.encoder.clip;

import quintet.encoder.image.PixelValues;
import quintet.encoder.tokenizer.TokenSequence;

/** What a {@link ClipEncoder} turns into a vector. */
public sealed interface ClipInput {
    /** Returns how many tokens it has, special ones included; 0 for an image. */
    int tokens();

    /**
     * A text.
     *
     * @param sequence its tokens
     */
    record Text(TokenSequence sequence) implements ClipInput {
        @Override
        public int tokens() {
            return sequence.length();
        }
    }

    /**
     * An image.
     *
     * @param pixels as the model reads them
     */
    record Image(PixelValues pixels) implements ClipInput {
        @Override
        public int tokens() {
            return 0;
        }
    }
}
