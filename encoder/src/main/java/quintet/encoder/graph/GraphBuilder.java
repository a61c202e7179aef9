package quintet.encoder.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Collects nodes and constants and writes them as an ONNX model. */
final class GraphBuilder {
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;
    private static final String MICROSOFT = "com.microsoft";
    private static final Set<String> MICROSOFT_OPERATORS =
            Set.of("MatMulIntegerToFloat", "MultiHeadAttention", "SkipLayerNormalization", "Gelu");

    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Set<String> made = new HashSet<>();
    private final List<Consumer<ProtoWriter>> nodes = new ArrayList<>();
    private final List<Consumer<ProtoWriter>> inputs = new ArrayList<>();
    private final List<Consumer<ProtoWriter>> outputs = new ArrayList<>();

    /** An attribute of a node. */
    sealed interface Attribute {
        String name();

        /** A whole number. */
        record Int(String name, long value) implements Attribute {}

        /** A number. */
        record Real(String name, float value) implements Attribute {}

        /** A word. */
        record Text(String name, String value) implements Attribute {}
    }

    static Attribute attribute(String name, long value) {
        return new Attribute.Int(name, value);
    }

    static Attribute attribute(String name, float value) {
        return new Attribute.Real(name, value);
    }

    static Attribute attribute(String name, String value) {
        return new Attribute.Text(name, value);
    }

    /** Adds a constant and returns its name; the same name again is the same constant. */
    String constant(String name, Tensor tensor) {
        constants.put(name, tensor);
        return name;
    }

    /** Adds a constant vector of whole numbers, which shapes and axes are given as. */
    String vector(String name, long... values) {
        return constant(name, Tensor.of(values, values.length));
    }

    /** Looks up rows of a table; returns the name of the result. */
    String gather(String name, Tensor table, String ids) {
        return node("Gather", name + ".rows", List.of(constant(name, table), ids), attribute("axis", 0));
    }

    /** Adds a node with one output and returns the output's name. An input that is left out has an empty name. */
    String node(String operator, String output, List<String> ins, Attribute... attributes) {
        nodes(operator, List.of(output), ins, attributes);
        return output;
    }

    /** Adds a node. */
    void nodes(String operator, List<String> outs, List<String> ins, Attribute... attributes) {
        for (String out : outs) {
            if (!made.add(out)) {
                throw new IllegalArgumentException("two nodes give " + out);
            }
        }
        nodes.add(node -> {
            ins.forEach(in -> node.string(1, in));
            outs.forEach(out -> node.string(2, out));
            node.string(3, outs.getFirst());
            node.string(4, operator);
            for (Attribute attribute : attributes) {
                node.message(5, message -> write(message, attribute));
            }
            node.string(7, MICROSOFT_OPERATORS.contains(operator) ? MICROSOFT : "");
        });
    }

    /** Adds an input; a dimension is a number or, where it varies, a name. */
    void input(String name, Tensor.Type type, String... dimensions) {
        inputs.add(value -> write(value, name, type, dimensions));
    }

    /** Makes a node's output an output of the graph. */
    void output(String name, Tensor.Type type, String... dimensions) {
        outputs.add(value -> write(value, name, type, dimensions));
    }

    byte[] toModel(String name) {
        ProtoWriter model = new ProtoWriter();
        model.varint(1, IR_VERSION);
        model.string(2, "quintet");
        model.message(7, graph -> {
            nodes.forEach(node -> graph.message(1, node));
            graph.string(2, name);
            constants.forEach((constant, tensor) -> graph.message(5, message -> write(message, constant, tensor)));
            inputs.forEach(input -> graph.message(11, input));
            outputs.forEach(output -> graph.message(12, output));
        });
        model.message(8, opset -> {
            opset.string(1, "");
            opset.varint(2, OPSET);
        });
        model.message(8, opset -> {
            opset.string(1, MICROSOFT);
            opset.varint(2, 1);
        });
        return model.toByteArray();
    }

    private static void write(ProtoWriter message, Attribute attribute) {
        message.string(1, attribute.name());
        switch (attribute) {
            case Attribute.Real(String _, float value) -> {
                message.fixed32(2, value);
                message.varint(20, 1);
            }
            case Attribute.Int(String _, long value) -> {
                message.varint(3, value);
                message.varint(20, 2);
            }
            case Attribute.Text(String _, String value) -> {
                message.string(4, value);
                message.varint(20, 3);
            }
        }
    }

    private static void write(ProtoWriter message, String name, Tensor tensor) {
        for (long dimension : tensor.shape()) {
            message.varint(1, dimension);
        }
        message.varint(2, tensor.type().number);
        message.string(8, name);
        byte[] data = new byte[tensor.data().remaining()];
        tensor.data().get(data);
        message.bytes(9, data);
    }

    private static void write(ProtoWriter value, String name, Tensor.Type type, String[] dimensions) {
        value.string(1, name);
        value.message(
                2,
                kind -> kind.message(1, tensor -> {
                    tensor.varint(1, type.number);
                    tensor.message(2, shape -> {
                        for (String dimension : dimensions) {
                            shape.message(1, size -> {
                                if (Character.isDigit(dimension.charAt(0))) {
                                    size.varint(1, Long.parseLong(dimension));
                                } else {
                                    size.string(2, dimension);
                                }
                            });
                        }
                    });
                }));
    }
}
