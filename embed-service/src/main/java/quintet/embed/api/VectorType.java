package quintet.embed.api;

/** How the values of a vector are given. */
enum VectorType {
    /** In single precision. */
    FLOAT,
    /** As whole numbers from -127 to 127, with what a step stands for. */
    INT8,
    /** A bit a value, 1 where it is above 0, eight a byte from 0 to 255, the first value in the highest bit. */
    UBINARY
}
