package quintet.encoder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Set;
import quintet.encoder.tokenizer.TokenSequence;

/**
 * The inputs of a graph that reads the tokens of a batch one behind the other, without padding. {@code padded} leads to the row of each
 * token of each text, for attention, and {@code packed} back; {@code quintet.encoder.graph.PackedGraph} says what each is.
 */
final class PackedInputs implements Inputs {
    private static final Set<String> ALWAYS = Set.of("input_ids", "position_ids", "padded", "lengths");
    private static final Set<String> PERHAPS = Set.of("token_type_ids", "packed", "first", "text");

    private final Set<String> inputs;
    private final Memory ids = new Memory();
    private final Memory positions = new Memory();
    private final Memory types = new Memory();
    private final Memory padded = new Memory();
    private final Memory packed = new Memory();
    private final Memory lengths = new Memory();
    private final Memory first = new Memory();
    private final Memory text = new Memory();

    PackedInputs(Set<String> inputs) {
        this.inputs = inputs;
    }

    static boolean fit(Set<String> inputs) {
        return inputs.containsAll(ALWAYS)
                && inputs.stream().allMatch(input -> ALWAYS.contains(input) || PERHAPS.contains(input));
    }

    @Override
    public Tensors fill(OrtEnvironment environment, List<TokenSequence> batch) throws OrtException {
        int tokens = 0;
        int longest = 0;
        for (TokenSequence sequence : batch) {
            tokens += sequence.length();
            longest = Math.max(longest, sequence.length());
        }
        LongBuffer idValues = ids.longs(tokens);
        LongBuffer positionValues = positions.longs(tokens);
        LongBuffer typeValues = types.longs(tokens);
        LongBuffer textValues = text.longs(tokens);
        LongBuffer packedValues = packed.longs(tokens);
        LongBuffer paddedValues = padded.longs(batch.size() * longest);
        IntBuffer lengthValues = lengths.ints(batch.size());
        LongBuffer firstValues = first.longs(batch.size());
        int row = 0;
        for (int t = 0; t < batch.size(); t++) {
            TokenSequence sequence = batch.get(t);
            lengthValues.put(sequence.length());
            firstValues.put(row);
            for (int i = 0; i < longest; i++) {
                if (i < sequence.length()) {
                    idValues.put(sequence.id(i));
                    positionValues.put(i);
                    typeValues.put(sequence.typeId(i));
                    textValues.put(t);
                    packedValues.put((long) t * longest + i);
                    paddedValues.put(row++);
                } else {
                    paddedValues.put(0);
                }
            }
        }
        Tensors tensors = new Tensors(environment);
        tensors.add("input_ids", idValues, tokens);
        tensors.add("position_ids", positionValues, tokens);
        tensors.add("padded", paddedValues, batch.size(), longest);
        tensors.add("lengths", lengthValues, batch.size());
        addIfRead(tensors, "token_type_ids", typeValues, tokens);
        addIfRead(tensors, "text", textValues, tokens);
        addIfRead(tensors, "packed", packedValues, tokens);
        addIfRead(tensors, "first", firstValues, batch.size());
        return tensors;
    }

    private void addIfRead(Tensors tensors, String name, LongBuffer values, long count) throws OrtException {
        if (inputs.contains(name)) {
            tensors.add(name, values, count);
        }
    }
}
