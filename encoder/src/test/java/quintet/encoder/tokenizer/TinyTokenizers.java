package quintet.encoder.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes {@code tokenizer.json} files of the kinds that are not BERT's, with vocabularies of a few hundred pieces. */
public final class TinyTokenizers {
    private static final List<String> MERGES =
            List.of("h e", "l l", "he ll", "hell o", "Ġ w", "o r", "Ġw or", "l d", "Ġwor ld", "Ã ©");
    private static final List<String> CLIP_MERGES = List.of("c a", "ca t</w>", "d o", "do g</w>", "r e", "re d</w>");
    /** Settings that would cut and pad every text if they were followed. */
    private static final String CUT_AND_PAD = """
            "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
            "padding": {"strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": null,
                        "pad_id": 1, "pad_type_id": 0, "pad_token": "<pad>"},
            """;

    private TinyTokenizers() {}

    /** Byte pairs as RoBERTa has them: {@code <s> text </s>}, and {@code </s></s>} between two texts. */
    public static String roberta() {
        List<String> pieces = new ArrayList<>(List.of("<s>", "<pad>", "</s>", "<unk>"));
        pieces.addAll(bytes());
        MERGES.forEach(merge -> pieces.add(merge.replace(" ", "")));
        pieces.add("<mask>");
        return """
                {%s
                 "added_tokens": [%s, %s, %s, %s, %s],
                 "normalizer": null,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
                 "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0],
                                    "trim_offsets": true, "add_prefix_space": false},
                 "decoder": null,
                 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "",
                           "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false,
                           "vocab": {%s}, "merges": [%s]}}
                """.formatted(
                        CUT_AND_PAD,
                        added(0, "<s>", false),
                        added(1, "<pad>", false),
                        added(2, "</s>", false),
                        added(3, "<unk>", false),
                        added(pieces.size() - 1, "<mask>", true),
                        vocabulary(pieces),
                        merges(MERGES));
    }

    /** Byte pairs as CLIP has them, in lower case, whose unknown token is also the one that ends a text. */
    public static String clip() {
        List<String> pieces = clipPieces();
        int start = pieces.indexOf("<|startoftext|>");
        return """
                {"truncation": null, "padding": null,
                 "added_tokens": [%s, %s],
                 "normalizer": {"type": "Sequence", "normalizers": [
                     {"type": "NFC"},
                     {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
                     {"type": "Lowercase"}]},
                 "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                     {"type": "Split", "pattern": {"Regex": "'s|'t|'re|'ve|'m|'ll|'d|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+"},
                      "behavior": "Removed", "invert": true},
                     {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}]},
                 "post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", %d],
                                    "cls": ["<|startoftext|>", %d], "trim_offsets": false, "add_prefix_space": false},
                 "decoder": null,
                 "model": {"type": "BPE", "dropout": null, "unk_token": "<|endoftext|>",
                           "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false,
                           "vocab": {%s}, "merges": [%s]}}
                """.formatted(
                        added(start, "<|startoftext|>", false),
                        added(start + 1, "<|endoftext|>", false),
                        start + 1,
                        start,
                        vocabulary(pieces),
                        merges(CLIP_MERGES));
    }

    /** Returns how many tokens {@link #clip} knows. */
    public static int clipVocabularySize() {
        return clipPieces().size();
    }

    private static List<String> clipPieces() {
        List<String> pieces = new ArrayList<>(bytes());
        bytes().forEach(piece -> pieces.add(piece + "</w>"));
        CLIP_MERGES.forEach(merge -> pieces.add(merge.replace(" ", "")));
        pieces.add("<|startoftext|>");
        pieces.add("<|endoftext|>");
        return pieces;
    }

    /** A unigram as multilingual e5 has it: spaces are part of the pieces, and RoBERTa's special tokens. */
    public static String unigram() {
        List<String> scored = new ArrayList<>();
        for (String piece : List.of("<s>", "<pad>", "</s>", "<unk>")) {
            scored.add("[\"%s\", 0.0]".formatted(piece));
        }
        for (String piece : List.of("▁hello", "▁world", "▁wor", "ld", "é", "日本")) {
            scored.add("[\"%s\", -%d.5]".formatted(piece, 2 + piece.length()));
        }
        for (char letter : "▁abcdefghijklmnopqrstuvwxyz</>.".toCharArray()) {
            scored.add("[\"%s\", -12.0]".formatted(letter));
        }
        scored.add("[\"<mask>\", 0.0]");
        return """
                {%s
                 "added_tokens": [%s, %s, %s, %s, %s],
                 "normalizer": {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
                 "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
                 "post_processor": {"type": "TemplateProcessing",
                     "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                                {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                     "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                              {"SpecialToken": {"id": "</s>", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}},
                              {"Sequence": {"id": "B", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                     "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                                        "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}},
                 "decoder": null,
                 "model": {"type": "Unigram", "unk_id": 3, "byte_fallback": false, "vocab": [%s]}}
                """.formatted(
                        CUT_AND_PAD,
                        added(0, "<s>", false),
                        added(1, "<pad>", false),
                        added(2, "</s>", false),
                        added(3, "<unk>", false),
                        added(scored.size() - 1, "<mask>", true),
                        String.join(", ", scored));
    }

    /** The characters that stand for the 256 bytes, by <a href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">GPT-2</a>. */
    private static List<String> bytes() {
        List<String> pieces = new ArrayList<>();
        int shifted = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b != 173);
            pieces.add(Character.toString(printable ? b : shifted++));
        }
        return pieces;
    }

    private static String added(int id, String content, boolean takesSpaceBefore) {
        return """
                {"id": %d, "content": "%s", "single_word": false, "lstrip": %b, "rstrip": false, "normalized": false,
                 "special": true}""".formatted(id, content, takesSpaceBefore);
    }

    private static String vocabulary(List<String> pieces) {
        return IntStream.range(0, pieces.size())
                .mapToObj(id -> quoted(pieces.get(id)) + ": " + id)
                .collect(Collectors.joining(", "));
    }

    private static String merges(List<String> merges) {
        return merges.stream().map(TinyTokenizers::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String piece) {
        return '"' + piece.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
