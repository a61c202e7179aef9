package quintet.encoder.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this package reads of a Hugging Face {@code tokenizer.json}: the BERT normalizer and a WordPiece vocabulary. A file with anything
 * else that changes a token or a special token is refused with {@link OtherTokenizerException}.
 */
final class TokenizerFile {
    static final String CLASSIFIER = "[CLS]";
    static final String SEPARATOR = "[SEP]";

    final Map<String, Integer> vocabulary = HashMap.newHashMap(32_768);
    String unknownToken = "[UNK]";
    String continuingPrefix = "##";
    int maxWordCharacters = 100;
    boolean cleanText = true;
    boolean splitChinese = true;
    boolean lowerCase = true;
    private @Nullable Boolean stripAccents;
    private @Nullable String modelType;
    private @Nullable String normalizerType;
    private @Nullable String preTokenizerType;
    private final Set<String> addedWords = new HashSet<>();
    private @Nullable PostProcessor postProcessor;

    /** The step that puts special tokens around a text. */
    private record PostProcessor(@Nullable String type, Set<String> specialTokens) {
        boolean isOfBert() {
            return ("BertProcessing".equals(type) || "TemplateProcessing".equals(type))
                    && specialTokens.equals(Set.of(CLASSIFIER, SEPARATOR));
        }
    }

    private TokenizerFile() {}

    static TokenizerFile read(InputStream json) throws IOException {
        TokenizerFile file = new TokenizerFile();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the tokenizer file is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_ARRAY && name.equals("added_tokens")) {
                    file.readAddedTokens(parser);
                    continue;
                }
                if (value != JsonToken.START_OBJECT) {
                    parser.skipChildren();
                    continue;
                }
                switch (name) {
                    case "model" -> file.readModel(parser);
                    case "normalizer" -> file.readNormalizer(parser);
                    case "pre_tokenizer" -> file.preTokenizerType = readType(parser);
                    case "post_processor" -> file.postProcessor = readPostProcessor(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        file.check();
        return file;
    }

    /** Returns whether accents go; where the file leaves it open, they go with the capitals, as in BERT. */
    boolean stripAccents() {
        return stripAccents == null ? lowerCase : stripAccents;
    }

    private void readModel(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "type" -> modelType = parser.getText();
                case "unk_token" -> unknownToken = parser.getText();
                case "continuing_subword_prefix" -> continuingPrefix = parser.getText();
                case "max_input_chars_per_word" -> maxWordCharacters = parser.getIntValue();
                case "vocab" -> {
                    if (value != JsonToken.START_OBJECT) {
                        throw new OtherTokenizerException(
                                "the tokenizer's vocabulary is not a map of pieces, as WordPiece's is");
                    }
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String piece = parser.currentName();
                        parser.nextToken();
                        vocabulary.put(piece, parser.getIntValue());
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void readNormalizer(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "type" -> normalizerType = parser.getText();
                case "clean_text" -> cleanText = parser.getBooleanValue();
                case "handle_chinese_chars" -> splitChinese = parser.getBooleanValue();
                case "lowercase" -> lowerCase = parser.getBooleanValue();
                case "strip_accents" ->
                    stripAccents = value == JsonToken.VALUE_NULL ? null : (Boolean) parser.getBooleanValue();
                default -> parser.skipChildren();
            }
        }
    }

    /** Reads the tokens that are cut out of a text before anything else; special ones are ordinary text here. */
    private void readAddedTokens(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String content = "";
            boolean special = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "content" -> content = parser.getText();
                    case "special" -> special = parser.getBooleanValue();
                    default -> parser.skipChildren();
                }
            }
            if (!special) {
                addedWords.add(content);
            }
        }
    }

    private static PostProcessor readPostProcessor(JsonParser parser) throws IOException {
        String type = null;
        Set<String> specialTokens = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type")) {
                type = parser.getText();
            } else if (value == JsonToken.START_ARRAY && (name.equals("sep") || name.equals("cls"))) {
                parser.nextToken();
                specialTokens.add(parser.getText());
                parser.nextToken();
                parser.nextToken();
            } else if (value == JsonToken.START_OBJECT && name.equals("special_tokens")) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    specialTokens.add(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
        }
        return new PostProcessor(type, specialTokens);
    }

    private static @Nullable String readType(JsonParser parser) throws IOException {
        String type = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("type")) {
                type = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return type;
    }

    private void check() throws IOException {
        require("model", "WordPiece", modelType);
        require("normalizer", "BertNormalizer", normalizerType);
        require("pre_tokenizer", "BertPreTokenizer", preTokenizerType);
        if (!addedWords.isEmpty()) {
            throw new OtherTokenizerException(
                    "the tokenizer adds %d words, such as %s, only special tokens are supported"
                            .formatted(addedWords.size(), addedWords.iterator().next()));
        }
        if (postProcessor != null && !postProcessor.isOfBert()) {
            throw new OtherTokenizerException("the tokenizer's post-processor is %s with %s, only BERT's is supported"
                    .formatted(postProcessor.type(), postProcessor.specialTokens()));
        }
        if (!vocabulary.containsKey(unknownToken)) {
            throw new IOException(
                    "the tokenizer's vocabulary of %d pieces has no %s".formatted(vocabulary.size(), unknownToken));
        }
    }

    private static void require(String part, String expected, @Nullable String actual) throws IOException {
        if (!expected.equals(actual)) {
            throw new OtherTokenizerException(
                    "the tokenizer's %s is %s, only %s is supported".formatted(part, actual, expected));
        }
    }
}
