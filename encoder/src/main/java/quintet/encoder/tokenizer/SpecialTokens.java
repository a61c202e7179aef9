package quintet.encoder.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import java.io.IOException;
import java.util.Arrays;

/**
 * The special tokens that a tokenizer's post-processor puts around one text and around two, as {@link TokenSequence} does it.
 *
 * @param classifierId opens a sequence
 * @param separatorId closes each text
 * @param separatorsBetween how many stand between two texts, 1 or 2
 * @param secondTypeId type of the second text's tokens, 0 or 1
 */
record SpecialTokens(int classifierId, int separatorId, int separatorsBetween, int secondTypeId) {
    /**
     * Finds them in what the tokenizer makes of a text and of a pair of the same text twice.
     *
     * @throws IOException if they are not placed as a {@link TokenSequence} places them
     */
    static SpecialTokens of(Encoding single, Encoding pair) throws IOException {
        long[] ids = single.getIds();
        if (ids.length < 3 || !isFramed(single.getSpecialTokenMask())) {
            throw new IOException(
                    "the tokenizer makes %s of one text, must put one special token before it and one behind it"
                            .formatted(Arrays.toString(single.getTokens())));
        }
        long separator = ids[ids.length - 1];
        long[] text = Arrays.copyOfRange(ids, 1, ids.length - 1);
        for (int between = 1; between <= 2; between++) {
            if (Arrays.equals(pair.getIds(), pair(ids[0], text, separator, between))) {
                long[] types = pair.getTypeIds();
                return new SpecialTokens(
                        Math.toIntExact(ids[0]),
                        Math.toIntExact(separator),
                        between,
                        Math.toIntExact(types[types.length - 1]));
            }
        }
        throw new IOException("the tokenizer makes %s of two texts, must put one or two separators between them"
                .formatted(Arrays.toString(pair.getTokens())));
    }

    private static boolean isFramed(long[] specialMask) {
        long[] framed = new long[specialMask.length];
        framed[0] = 1;
        framed[framed.length - 1] = 1;
        return Arrays.equals(specialMask, framed);
    }

    private static long[] pair(long classifier, long[] text, long separator, int between) {
        long[] ids = new long[2 * text.length + between + 2];
        Arrays.fill(ids, separator);
        ids[0] = classifier;
        System.arraycopy(text, 0, ids, 1, text.length);
        System.arraycopy(text, 0, ids, 1 + text.length + between, text.length);
        return ids;
    }
}
