package quintet.generate.pipeline.gateway;

import java.util.List;
import quintet.generate.model.Message;
import quintet.generate.model.Message.Speaker;

/** Hashes of texts: FNV-1a over UTF-16 code units, then the finalizer of MurmurHash3. The same in every process. */
final class Hashing {
    /**
     * Characters of the first message after the instructions that decide. Of a conversation that is how it began, of a single
     * question the beginning of its best passage: where two prompts differ that early they share nothing that is worth a detour.
     */
    private static final int PREFIX_CHARACTERS = 512;

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hashing() {}

    /** Returns the key of what a prompt shares with others like it: the instructions and the beginning of what follows. */
    static long prefix(List<Message> prompt) {
        long hash = OFFSET;
        for (Message message : prompt) {
            String text = message.content();
            if (message.speaker() != Speaker.SYSTEM) {
                return mix(append(hash, text, Math.min(text.length(), PREFIX_CHARACTERS)));
            }
            hash = append(hash, text, text.length());
        }
        return mix(hash);
    }

    /** Returns the hash of a text. */
    static long hash(String text) {
        return mix(append(OFFSET, text, text.length()));
    }

    private static long append(long hash, String text, int length) {
        long h = hash;
        for (int i = 0; i < length; i++) {
            h = (h ^ text.charAt(i)) * PRIME;
        }
        return h;
    }

    private static long mix(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
