package quintet.encoder.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.function.Consumer;

/**
 * BERT's tokenizer: words cut into the longest pieces of a vocabulary, from left to right. Gives the ids and offsets that Hugging
 * Face's tokenizer gives, with one difference: the name of a special token within a text, such as {@code [SEP]}, is ordinary
 * text, so that a document can not close its own sequence.
 */
public final class WordPieceTokenizer implements Tokenizer {
    private final TokenizerFile settings;
    private final Vocabulary vocabulary;
    private final int unknownId;
    private final int classifierId;
    private final int separatorId;
    private final int vocabularySize;

    private WordPieceTokenizer(TokenizerFile file) throws IOException {
        settings = file;
        unknownId = id(file, file.unknownToken);
        classifierId = id(file, TokenizerFile.CLASSIFIER);
        separatorId = id(file, TokenizerFile.SEPARATOR);
        vocabularySize = Collections.max(file.vocabulary.values()) + 1;
        vocabulary = new Vocabulary(file.vocabulary, file.continuingPrefix);
        file.vocabulary.clear();
    }

    /**
     * Reads a Hugging Face {@code tokenizer.json}; its truncation and padding settings are left aside.
     *
     * @throws IOException if it can not be read or is not BERT's; the message says what it is instead
     */
    public static WordPieceTokenizer fromTokenizerJson(InputStream json) throws IOException {
        return new WordPieceTokenizer(TokenizerFile.read(json));
    }

    @Override
    public TokenizedText tokenize(String text) {
        Pieces pieces = new Pieces(text.length());
        new BertWords(settings, pieces).split(text);
        return pieces.tokens.build();
    }

    @Override
    public int vocabularySize() {
        return vocabularySize;
    }

    @Override
    public int classifierId() {
        return classifierId;
    }

    @Override
    public int separatorId() {
        return separatorId;
    }

    private static int id(TokenizerFile file, String token) throws IOException {
        Integer id = file.vocabulary.get(token);
        if (id == null) {
            throw new IOException(
                    "the tokenizer's vocabulary of %d pieces has no %s".formatted(file.vocabulary.size(), token));
        }
        return id;
    }

    /** Cuts the words of one text into pieces. */
    private final class Pieces implements Consumer<BertWords> {
        final TokenizedText.Builder tokens;
        private final int[] hashes = new int[vocabulary.longest() + 1];

        Pieces(int characters) {
            tokens = new TokenizedText.Builder(characters / 4 + 8);
        }

        @Override
        public void accept(BertWords word) {
            int before = tokens.size();
            if (isTooLong(word) || !cut(word)) {
                tokens.truncate(before);
                tokens.add(unknownId, word.starts[0], word.ends[word.length - 1]);
            }
        }

        /** Adds the pieces of a word; returns false if some part of it is not in the vocabulary. */
        private boolean cut(BertWords word) {
            for (int from = 0; from < word.length; ) {
                boolean inside = from > 0;
                int to = Math.min(word.length, from + vocabulary.longest());
                hashes[0] = Vocabulary.seed(inside);
                for (int i = from; i < to; i++) {
                    hashes[i - from + 1] = Vocabulary.extend(hashes[i - from], word.characters[i]);
                }
                int id = -1;
                while (to > from) {
                    id = vocabulary.find(hashes[to - from], word.characters, from, to, inside);
                    if (id >= 0) {
                        break;
                    }
                    to--;
                }
                if (id < 0) {
                    return false;
                }
                tokens.add(id, word.starts[from], word.ends[to - 1]);
                from = to;
            }
            return true;
        }

        private boolean isTooLong(BertWords word) {
            return word.length > settings.maxWordCharacters
                    && Character.codePointCount(word.characters, 0, word.length) > settings.maxWordCharacters;
        }
    }
}
