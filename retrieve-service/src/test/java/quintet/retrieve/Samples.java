package quintet.retrieve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import quintet.retrieve.model.ArrivedPart;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.UnchangedPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;

/** Documents and vectors for tests: texts that share words have vectors that are near. */
public final class Samples {
    public static final int DIMENSION = 16;
    public static final ModelRef MODEL = new ModelRef("hashed-words", "0123456789ab", DIMENSION);
    public static final CollectionName COLLECTION = new CollectionName("test");

    private Samples() {}

    public static VersionRef ref(String documentId, long version) {
        return new VersionRef(COLLECTION, documentId, version);
    }

    public static DocumentHead head(long version, boolean deleted, int passageCount) {
        return new DocumentHead(version, deleted, passageCount, 0, Instant.EPOCH);
    }

    /** The head without the time of its commit, which no test can know. */
    public static DocumentHead timeless(DocumentHead head) {
        return new DocumentHead(head.version(), head.deleted(), head.passageCount(), head.refused(), Instant.EPOCH);
    }

    /** The normalised sum of a fixed random vector per word. */
    public static UnitVector vector(String text) {
        return vector(text, DIMENSION);
    }

    public static UnitVector vector(String text, int dimension) {
        float[] sum = new float[dimension];
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            Random random = new Random(word.hashCode());
            for (int i = 0; i < dimension; i++) {
                sum[i] += (float) random.nextGaussian();
            }
        }
        return normalised(sum);
    }

    public static UnitVector normalised(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        float[] unit = values.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= (float) Math.sqrt(squares);
        }
        return new UnitVector(unit);
    }

    public static DocumentInfo info(String filename, Map<String, String> metadata) {
        return new DocumentInfo(filename, "", "", "text/plain", "en", metadata, List.of());
    }

    public static Passage passage(String documentId, int ordinal, String text) {
        return new Passage(
                "%s#%03d".formatted(documentId, ordinal),
                ordinal,
                text,
                ordinal * 1000,
                ordinal * 1000 + text.length(),
                0,
                0,
                List.of(),
                Math.max(1, text.length() / 4),
                null);
    }

    /** The key of {@link #vector}. */
    public static VectorKey key(ModelRef model, String text) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest((model + text).getBytes(UTF_8));
            return new VectorKey(HexFormat.of().formatHex(sha256));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The part as it arrives when {@code unchanged} texts come without their vectors. */
    public static ArrivedPart arrived(DocumentPart part, Set<String> unchanged) {
        List<EmbeddedPassage> embedded = new ArrayList<>();
        List<UnchangedPassage> others = new ArrayList<>();
        for (EmbeddedPassage each : part.passages()) {
            Passage passage = each.passage();
            if (unchanged.contains(passage.text())) {
                others.add(new UnchangedPassage(passage, key(part.model(), passage.text())));
            } else {
                embedded.add(each);
            }
        }
        DocumentPart rest = new DocumentPart(
                part.ref(), part.part(), part.partCount(), part.chunkCount(), part.info(), part.model(), embedded);
        return new ArrivedPart(rest, others);
    }

    /** A version in one part. */
    public static DocumentPart whole(VersionRef ref, String... texts) {
        return whole(ref, info(ref.documentId() + ".txt", Map.of()), texts);
    }

    public static DocumentPart whole(VersionRef ref, DocumentInfo info, String... texts) {
        return parts(ref, info, MODEL, texts.length, texts).getFirst();
    }

    /** A version in parts of at most {@code size} passages. */
    public static List<DocumentPart> parts(
            VersionRef ref, DocumentInfo info, ModelRef model, int size, String... texts) {
        List<DocumentPart> parts = new ArrayList<>();
        int count = Math.max(1, (texts.length + size - 1) / size);
        for (int part = 0; part < count; part++) {
            List<EmbeddedPassage> passages = new ArrayList<>();
            for (int i = part * size; i < Math.min(texts.length, (part + 1) * size); i++) {
                passages.add(new EmbeddedPassage(
                        passage(ref.documentId(), i, texts[i]),
                        vector(texts[i], model.dimension()),
                        key(model, texts[i])));
            }
            parts.add(new DocumentPart(ref, part, count, texts.length, info, model, passages));
        }
        return parts;
    }
}
