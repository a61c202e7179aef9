package quintet.bench.faults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text of which every passage tells where it belongs: each sentence ends with the markers of its document, its edition and its own
 * place. The first third of a longer text is the same in every edition and so names none, since a version may share passages with the
 * one before it. Between the markers stand words drawn by the seed, so that no two texts are alike.
 *
 * @param sentences how many there are
 */
record MarkedText(String text, int sentences) {
    private static final List<String> WORDS = List.of(
            "kettle", "window", "receipt", "garden", "bridge", "winter", "paper", "silver", "table", "market", "engine",
            "letter", "ladder", "island", "pocket", "candle", "forest", "mirror", "basket", "wagon", "harbour",
            "blanket", "copper", "summer", "valley", "pencil", "orchard", "tunnel", "button", "river", "meadow",
            "lantern");
    private static final int WORDS_PER_SENTENCE = 8;
    private static final int SENTENCES_PER_PARAGRAPH = 5;
    private static final int SMALL = 4;
    private static final int MEDIUM = 30;
    /** More passages than one message between the services holds. */
    private static final int LARGE = 600;

    /** Returns the text of an edition; the same arguments always give the same text. */
    static MarkedText of(long seed, Subject subject, int edition) {
        int count = sentences(subject);
        int stable = count == SMALL ? 0 : count / 3;
        String text = IntStream.range(0, count)
                .mapToObj(i -> sentence(seed, subject, i < stable ? -1 : edition, i))
                .collect(Collectors.joining());
        return new MarkedText(text.strip(), count);
    }

    /** Returns how long the texts of a document are: one of a hundred is large, one of four of several passages. */
    static int sentences(Subject subject) {
        if (subject.number() % 100 == 17) {
            return LARGE;
        }
        return subject.number() % 4 == 0 ? MEDIUM : SMALL;
    }

    private static String sentence(long seed, Subject subject, int edition, int place) {
        Random random = new Random(((seed * 31 + subject.number()) * 31 + edition) * 1009 + place);
        String words = IntStream.range(0, WORDS_PER_SENTENCE)
                .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" "));
        String which = edition < 0 ? "" : " " + Marker.EDITION.of(edition);
        String end = (place + 1) % SENTENCES_PER_PARAGRAPH == 0 ? ".\n\n" : ". ";
        return "The " + words + " " + subject.marker() + which + " " + Marker.SENTENCE.of(place) + end;
    }

    /** Returns the SHA-256 of its bytes, which is what the registry knows it by. */
    String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
