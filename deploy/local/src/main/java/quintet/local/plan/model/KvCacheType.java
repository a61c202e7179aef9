package quintet.local.plan.model;

import java.util.Locale;
import quintet.failure.Failure;

/** How keys and values are kept: {@code --kv-cache-dtype} of the server. */
public enum KvCacheType {
    /** As the model computes: 16 bits. */
    AUTO(2),
    /** 8-bit floating point. */
    FP8(1);

    private final int bytes;

    KvCacheType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the type of that name, or fails naming all. */
    public static KvCacheType of(String word) {
        for (KvCacheType type : values()) {
            if (type.word().equals(word.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw Failure.invalidInput("UNKNOWN_KV_CACHE_DTYPE", "--kv-cache-dtype is %s, must be auto or fp8", word);
    }
}
