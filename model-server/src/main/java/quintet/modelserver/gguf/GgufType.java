package quintet.modelserver.gguf;

/** Types of values in a GGUF header, by their numbers in the file. */
final class GgufType {
    static final int UINT32 = 4;
    static final int INT32 = 5;
    static final int FLOAT32 = 6;
    static final int BOOL = 7;
    static final int STRING = 8;
    static final int ARRAY = 9;

    private GgufType() {}

    /** Returns the size of a number; there are 8, 16, 32 and 64 bit ones and truth values. */
    static int bytes(int type) {
        return switch (type) {
            case 0, 1, BOOL -> 1;
            case 2, 3 -> 2;
            case UINT32, INT32, FLOAT32 -> 4;
            case 10, 11, 12 -> 8;
            default -> throw new IllegalArgumentException("type %d is unknown".formatted(type));
        };
    }
}
