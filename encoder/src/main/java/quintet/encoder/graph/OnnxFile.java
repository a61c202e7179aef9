package quintet.encoder.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The constants and nodes of an ONNX model: as much of <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a> as
 * it takes to find weights.
 */
final class OnnxFile {
    private final Map<String, Tensor> constants = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> producers = new HashMap<>();

    /** A step of the graph; its attributes are left out. */
    record Node(String operator, List<String> inputs, List<String> outputs) {}

    private OnnxFile() {}

    /** Reads a model; throws {@link IllegalArgumentException} if the bytes are none. */
    static OnnxFile read(ByteBuffer bytes) {
        OnnxFile file = new OnnxFile();
        try {
            ProtoReader model = new ProtoReader(bytes);
            while (model.next()) {
                if (model.field() == 7) {
                    file.readGraph(model.message());
                } else {
                    model.skip();
                }
            }
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new IllegalArgumentException("this is no ONNX model, or only a part of one", e);
        }
        if (file.nodes.isEmpty()) {
            throw new IllegalArgumentException("this is no ONNX model: it has no nodes");
        }
        return file;
    }

    Map<String, Tensor> constants() {
        return constants;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Returns the constant of that name. */
    Tensor constant(String name) {
        Tensor tensor = constants.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the model has no constant " + name);
        }
        return tensor;
    }

    /** Returns the weights of the linear layer with that bias: the constant that is multiplied before the bias is added. */
    Tensor weightsBefore(String bias) {
        for (Node node : nodes) {
            if (node.operator().equals("Add") && node.inputs().contains(bias)) {
                for (String input : node.inputs()) {
                    Node producer = producers.get(input);
                    if (producer != null && producer.operator().equals("MatMul")) {
                        return constant(producer.inputs().get(1));
                    }
                }
            }
        }
        throw new IllegalArgumentException("no matrix product stands before " + bias);
    }

    private void readGraph(ProtoReader graph) {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> readNode(graph.message());
                case 5 -> readTensor(graph.message());
                default -> graph.skip();
            }
        }
    }

    private void readNode(ProtoReader message) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        String operator = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> inputs.add(message.string());
                case 2 -> outputs.add(message.string());
                case 4 -> operator = message.string();
                default -> message.skip();
            }
        }
        Node node = new Node(operator, inputs, outputs);
        nodes.add(node);
        outputs.forEach(output -> producers.put(output, node));
    }

    private void readTensor(ProtoReader message) {
        List<Long> shape = new ArrayList<>();
        int type = 0;
        String name = "";
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (message.next()) {
            switch (message.field()) {
                case 1 -> readDimensions(message, shape);
                case 2 -> type = (int) message.varint();
                // Numbers outside of raw_data, as floats or as packed floats: exporters write them for small tensors.
                case 4 -> raw = message.isBytes() ? message.bytes() : single(message.fixed32());
                case 8 -> name = message.string();
                case 9 -> raw = message.bytes();
                default -> message.skip();
            }
        }
        // Other types are those of shapes and masks, never weights.
        if (type == Tensor.Type.FLOAT.number || type == Tensor.Type.INT8.number) {
            constants.put(
                    name,
                    new Tensor(
                            Tensor.Type.of(type),
                            shape.stream().mapToLong(Long::longValue).toArray(),
                            raw));
        }
    }

    private static void readDimensions(ProtoReader message, List<Long> shape) {
        if (!message.isBytes()) {
            shape.add(message.varint());
            return;
        }
        ByteBuffer packed = message.bytes();
        while (packed.hasRemaining()) {
            shape.add(ProtoReader.varint(packed));
        }
    }

    private static ByteBuffer single(float value) {
        return ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .flip();
    }
}
