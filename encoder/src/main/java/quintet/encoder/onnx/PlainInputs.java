package quintet.encoder.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.encoder.tokenizer.TokenSequence;

/**
 * The inputs of a model as Hugging Face exports it: {@code input_ids} and, where it has them, {@code attention_mask} and
 * {@code token_type_ids}, all {@code [1, sequence]}. One sequence a run: on a CPU a padded batch is slower than its texts one by one,
 * and with dynamic quantization a text's result would depend on the rest of the batch.
 */
final class PlainInputs implements Inputs {
    static final String EXPECTED = "int64 input_ids and perhaps attention_mask and token_type_ids";

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    private final boolean hasMask;
    private final boolean hasTypes;
    private final Memory ids = new Memory();
    private final Memory mask = new Memory();
    private final Memory types = new Memory();

    PlainInputs(Set<String> inputs) {
        hasMask = inputs.contains(MASK);
        hasTypes = inputs.contains(TYPES);
    }

    static boolean fit(Map<String, NodeInfo> inputs) {
        return inputs.containsKey(IDS)
                && Set.of(IDS, MASK, TYPES).containsAll(inputs.keySet())
                && inputs.values().stream()
                        .allMatch(input ->
                                input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT64);
    }

    @Override
    public Tensors fill(OrtEnvironment environment, List<TokenSequence> batch) throws OrtException {
        if (batch.size() != 1) {
            throw new IllegalArgumentException("%d sequences, this model reads one at a time".formatted(batch.size()));
        }
        TokenSequence sequence = batch.getFirst();
        int length = sequence.length();
        LongBuffer idValues = ids.longs(length);
        LongBuffer maskValues = mask.longs(length);
        LongBuffer typeValues = types.longs(length);
        for (int i = 0; i < length; i++) {
            idValues.put(sequence.id(i));
            maskValues.put(1);
            typeValues.put(sequence.typeId(i));
        }
        Tensors tensors = new Tensors(environment);
        tensors.add(IDS, idValues, 1, length);
        if (hasMask) {
            tensors.add(MASK, maskValues, 1, length);
        }
        if (hasTypes) {
            tensors.add(TYPES, typeValues, 1, length);
        }
        return tensors;
    }
}
