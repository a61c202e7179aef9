package quintet.encoder.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Any tokenizer that a {@code tokenizer.json} can describe, such as RoBERTa's and CLIP's byte pairs or a SentencePiece unigram, through
 * Hugging Face's own library. More than ten times slower than {@link WordPieceTokenizer}.
 *
 * <p>As there, the name of a special token within a text is ordinary text, so that a document can not close its own sequence: a
 * text is cut in the middle of such a name, and its parts are tokenized one by one.
 *
 * <p>The native library is unpacked under {@code ~/.djl.ai}, or where the environment says with {@code DJL_CACHE_DIR}. It is freed with
 * the process.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
    /** A text of one token or a few in any vocabulary. */
    private static final String PROBE = "a";

    private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library;
    private final SpecialTokensFile file;
    private final SpecialTokens special;

    private HuggingFaceTokenizer(
            ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library, SpecialTokensFile file, SpecialTokens special) {
        this.library = library;
        this.file = file;
        this.special = special;
    }

    /**
     * Reads a Hugging Face {@code tokenizer.json}; its truncation and padding settings are left aside.
     *
     * @throws IOException if it can not be read, or does not put one token before a text and one behind it
     */
    public static HuggingFaceTokenizer fromTokenizerJson(InputStream json) throws IOException {
        byte[] bytes = json.readAllBytes();
        SpecialTokensFile file = SpecialTokensFile.read(new ByteArrayInputStream(bytes));
        stayLocal();
        ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library = open(bytes);
        try {
            SpecialTokens special =
                    SpecialTokens.of(library.encode(PROBE, true, false), library.encode(PROBE, PROBE, true, false));
            return new HuggingFaceTokenizer(library, file, special);
        } catch (IOException e) {
            library.close();
            throw e;
        }
    }

    @Override
    public TokenizedText tokenize(String text) {
        String whole = withoutHalfPairs(text);
        TokenizedText.Builder tokens = new TokenizedText.Builder(text.length() / 4 + 8);
        add(tokens, whole, 0, whole.length());
        return tokens.build();
    }

    @Override
    public int vocabularySize() {
        return file.vocabularySize();
    }

    @Override
    public int classifierId() {
        return special.classifierId();
    }

    @Override
    public int separatorId() {
        return special.separatorId();
    }

    @Override
    public int separatorsBetween() {
        return special.separatorsBetween();
    }

    @Override
    public int secondTypeId() {
        return special.secondTypeId();
    }

    /** Adds the tokens of {@code text[from..to)}. */
    private void add(TokenizedText.Builder tokens, String text, int from, int to) {
        if (from == to) {
            return;
        }
        String part = text.substring(from, to);
        Encoding encoding = library.encode(part, false, false);
        long[] ids = encoding.getIds();
        CharSpan[] spans = encoding.getCharTokenSpans();
        Offsets offsets = new Offsets(part);
        int begun = from;
        for (int i = 0; i < ids.length; i++) {
            int start = spans[i].getStart();
            int end = spans[i].getEnd();
            // The name may have white space on both sides: halving gets to it in a few steps, whatever there is.
            if (end - start > 1 && isNamed(ids[i])) {
                int middle = from + offsets.of((start + end) / 2);
                add(tokens, text, begun, middle);
                begun = middle;
            }
        }
        if (begun > from) {
            add(tokens, text, begun, to);
            return;
        }
        for (int i = 0; i < ids.length; i++) {
            tokens.add(
                    Math.toIntExact(ids[i]),
                    from + offsets.of(spans[i].getStart()),
                    from + offsets.of(spans[i].getEnd()));
        }
    }

    /** Whether an id within a text comes from the name of a special token, and not from what the vocabulary does not have. */
    private boolean isNamed(long id) {
        return file.isSpecial(id) && (!file.isUnknown(id) || id == classifierId() || id == separatorId());
    }

    private static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer open(byte[] json) throws IOException {
        try {
            return ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
        } catch (RuntimeException e) {
            throw new IOException("Hugging Face's library does not take it: " + e.getMessage(), e);
        }
    }

    /** Keeps the library from looking for a build for the GPU, which it would download, and from reporting its use. */
    private static void stayLocal() {
        setUnlessSet("RUST_FLAVOR", "cpu");
        setUnlessSet("OPT_OUT_TRACKING", "true");
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /** Half a surrogate pair is no character, and the library can not take it. */
    private static String withoutHalfPairs(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int[] characters = text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .toArray();
                return new String(characters, 0, characters.length);
            }
        }
        return text;
    }

    /** Leads from characters, which the library counts, to UTF-16 code units. */
    private static final class Offsets {
        private final String text;
        private final boolean same;
        private int character;
        private int unit;

        Offsets(String text) {
            this.text = text;
            same = text.codePointCount(0, text.length()) == text.length();
        }

        /** Returns the offset of a character; fast where it is asked for near the one before. */
        int of(int character) {
            if (same) {
                return character;
            }
            unit = text.offsetByCodePoints(unit, character - this.character);
            this.character = character;
            return unit;
        }
    }
}
