package quintet.modelserver.gguf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * A model of LLaMA's architecture with random weights. It says nothing sensible but computes what a trained one of its size computes:
 * for tests, for measurements where no model is at hand, and to train the fast start of the process.
 *
 * <p>Its vocabulary are the 256 bytes and the space behind {@code <unk>}, {@code <s>} and {@code </s>}, whose logits are always 0: the
 * text goes on as long as it may. Equal seeds and sizes give equal files.
 *
 * @param architecture value of {@code general.architecture}
 * @param layers number of transformer blocks
 * @param width of the hidden states, a multiple of {@link #heads}
 * @param heads of the attention
 * @param keyValueHeads of keys and values, a divisor of {@link #heads}
 * @param feedForward width of the feed-forward networks
 * @param contextTokens longest context
 * @param chatTemplate {@code tokenizer.chat_template}; empty for none
 * @param seed of the weights
 */
public record RandomModel(
        String architecture,
        int layers,
        int width,
        int heads,
        int keyValueHeads,
        int feedForward,
        int contextTokens,
        String chatTemplate,
        long seed) {
    /** Number of tokens. */
    public static final int VOCABULARY = 260;

    private static final int FIRST_BYTE = 3;
    private static final int CONTROL = 3;
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int BYTE = 6;

    /** Small enough to be written and loaded in a moment. */
    public static RandomModel tiny(long seed) {
        return new RandomModel("llama", 2, 64, 4, 2, 128, 2048, "", seed);
    }

    /** The same with another architecture, which llama.cpp may not know. */
    public RandomModel withArchitecture(String other) {
        return new RandomModel(
                other, layers, width, heads, keyValueHeads, feedForward, contextTokens, chatTemplate, seed);
    }

    /** The same with a chat template. */
    public RandomModel withChatTemplate(String template) {
        return new RandomModel(
                architecture, layers, width, heads, keyValueHeads, feedForward, contextTokens, template, seed);
    }

    /** The same of another size; width is {@code heads} times 16 or more. */
    public RandomModel withSize(int otherLayers, int otherWidth, int otherFeedForward, int otherContextTokens) {
        return new RandomModel(
                architecture,
                otherLayers,
                otherWidth,
                heads,
                keyValueHeads,
                otherFeedForward,
                otherContextTokens,
                chatTemplate,
                seed);
    }

    /** Token of a byte. */
    public static int token(int value) {
        return FIRST_BYTE + (value & 0xff);
    }

    /** Writes the file. */
    public void write(Path file) {
        GgufWriter writer = new GgufWriter()
                .text("general.architecture", architecture)
                .text("general.name", "random-" + seed)
                .unsigned(architecture + ".context_length", contextTokens)
                .unsigned(architecture + ".embedding_length", width)
                .unsigned(architecture + ".block_count", layers)
                .unsigned(architecture + ".feed_forward_length", feedForward)
                .unsigned(architecture + ".attention.head_count", heads)
                .unsigned(architecture + ".attention.head_count_kv", keyValueHeads)
                .real(architecture + ".attention.layer_norm_rms_epsilon", 1e-5f)
                .unsigned(architecture + ".rope.dimension_count", width / heads)
                .unsigned(architecture + ".vocab_size", VOCABULARY);
        vocabulary(writer);
        weights(writer);
        writer.write(file);
    }

    private void vocabulary(GgufWriter writer) {
        List<String> texts = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<Integer> types = new ArrayList<>(List.of(UNKNOWN, CONTROL, CONTROL));
        for (int value = 0; value < 256; value++) {
            texts.add("<0x%02X>".formatted(value));
            types.add(BYTE);
        }
        // How SentencePiece writes a space.
        texts.add("\u2581");
        types.add(NORMAL);
        writer.text("tokenizer.ggml.model", "llama")
                .texts("tokenizer.ggml.tokens", texts)
                .reals("tokenizer.ggml.scores", Collections.nCopies(texts.size(), 0f))
                .integers("tokenizer.ggml.token_type", types)
                .unsigned("tokenizer.ggml.unknown_token_id", 0)
                .unsigned("tokenizer.ggml.bos_token_id", 1)
                .unsigned("tokenizer.ggml.eos_token_id", 2)
                .truth("tokenizer.ggml.add_bos_token", true)
                .truth("tokenizer.ggml.add_space_prefix", false);
        if (!chatTemplate.isEmpty()) {
            writer.text("tokenizer.chat_template", chatTemplate);
        }
    }

    private void weights(GgufWriter writer) {
        SplittableRandom random = new SplittableRandom(seed);
        DoubleSupplier ones = () -> 1;
        int keyValueWidth = width / heads * keyValueHeads;
        writer.tensor("token_embd.weight", List.of(width, VOCABULARY), normal(random, 1))
                .tensor("output_norm.weight", List.of(width), ones)
                .tensor("output.weight", List.of(width, VOCABULARY), bytesOnly(normal(random, 1)));
        for (int layer = 0; layer < layers; layer++) {
            String block = "blk.%d.".formatted(layer);
            writer.tensor(block + "attn_norm.weight", List.of(width), ones)
                    .tensor(block + "attn_q.weight", List.of(width, width), normal(random, width))
                    .tensor(block + "attn_k.weight", List.of(width, keyValueWidth), normal(random, width))
                    .tensor(block + "attn_v.weight", List.of(width, keyValueWidth), normal(random, width))
                    .tensor(block + "attn_output.weight", List.of(width, width), normal(random, width))
                    .tensor(block + "ffn_norm.weight", List.of(width), ones)
                    .tensor(block + "ffn_gate.weight", List.of(width, feedForward), normal(random, width))
                    .tensor(block + "ffn_up.weight", List.of(width, feedForward), normal(random, width))
                    .tensor(block + "ffn_down.weight", List.of(feedForward, width), normal(random, feedForward));
        }
    }

    /** Numbers around 0 whose sum of {@code terms} products keeps the size of its inputs. */
    private static DoubleSupplier normal(SplittableRandom random, int terms) {
        double deviation = 1 / Math.sqrt(terms);
        return () -> random.nextGaussian() * deviation;
    }

    /** The rows of the first tokens are 0. */
    private DoubleSupplier bytesOnly(DoubleSupplier numbers) {
        long[] written = new long[1];
        return () -> {
            double number = numbers.getAsDouble();
            return written[0]++ < (long) FIRST_BYTE * width ? 0 : number;
        };
    }
}
