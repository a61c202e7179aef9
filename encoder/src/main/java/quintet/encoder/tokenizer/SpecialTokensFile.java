package quintet.encoder.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** What Hugging Face's library does not say about a {@code tokenizer.json}: its largest id, and which ids are special. */
final class SpecialTokensFile {
    private final Map<Long, String> special = new HashMap<>();
    private long largestId = -1;
    private String unknownToken = "";
    private long unknownId = -1;

    private SpecialTokensFile() {}

    static SpecialTokensFile read(InputStream json) throws IOException {
        SpecialTokensFile file = new SpecialTokensFile();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the tokenizer file is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_ARRAY && name.equals("added_tokens")) {
                    file.readAddedTokens(parser);
                } else if (value == JsonToken.START_OBJECT && name.equals("model")) {
                    file.readModel(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (file.largestId < 0) {
            throw new IOException("the tokenizer file has no vocabulary");
        }
        return file;
    }

    /** Returns a number above every id. */
    int vocabularySize() {
        return Math.toIntExact(largestId + 1);
    }

    /** Returns whether an id is that of a special token, such as the one that closes a text. */
    boolean isSpecial(long id) {
        return special.containsKey(id);
    }

    /** Returns whether an id is the one for what the vocabulary does not have. */
    boolean isUnknown(long id) {
        return id == unknownId || unknownToken.equals(special.get(id));
    }

    private void readAddedTokens(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            long id = -1;
            String content = "";
            boolean isSpecial = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "id" -> id = parser.getLongValue();
                    case "content" -> content = parser.getText();
                    case "special" -> isSpecial = parser.getBooleanValue();
                    default -> parser.skipChildren();
                }
            }
            largestId = Math.max(largestId, id);
            if (isSpecial) {
                special.put(id, content);
            }
        }
    }

    private void readModel(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    parser.nextToken();
                    largestId = Math.max(largestId, parser.getLongValue());
                }
            } else if (name.equals("vocab") && value == JsonToken.START_ARRAY) {
                // A unigram's pieces with their scores: the id is the place in the list.
                for (int id = 0; parser.nextToken() != JsonToken.END_ARRAY; id++) {
                    parser.skipChildren();
                    largestId = Math.max(largestId, id);
                }
            } else if (name.equals("unk_id") && value == JsonToken.VALUE_NUMBER_INT) {
                unknownId = parser.getLongValue();
            } else if (name.equals("unk_token") && value == JsonToken.VALUE_STRING) {
                unknownToken = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
    }
}
