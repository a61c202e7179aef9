package quintet.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one search found of one document. */
record Sighting(List<Found> passages) {
    /** More passages than any text of the load has. */
    static final int TOP_K = 400;

    /**
     * A passage.
     *
     * @param version that the index names
     * @param editions that its sentences name; none where it lies in the part that all editions share
     */
    record Found(long version, int ordinal, Set<Integer> editions, Set<Integer> sentences) {
        Found {
            editions = Set.copyOf(editions);
            sentences = Set.copyOf(sentences);
        }
    }

    Sighting {
        passages = List.copyOf(passages);
    }

    /** Reads the answer to a search for the document's marker. */
    static Sighting of(Subject subject, JsonNode reply) {
        List<Found> passages = new ArrayList<>();
        for (JsonNode hit : reply.path("hits")) {
            if (hit.path("documentId").asText().equals(subject.id())) {
                String text = hit.path("text").asText();
                passages.add(new Found(
                        hit.path("version").asLong(),
                        hit.path("ordinal").asInt(),
                        Marker.EDITION.in(text),
                        Marker.SENTENCE.in(text)));
            }
        }
        return new Sighting(passages);
    }

    boolean isEmpty() {
        return passages.isEmpty();
    }

    /** Returns the highest version in it; 0 if it is empty. */
    long version() {
        return passages.stream().mapToLong(Found::version).max().orElse(0);
    }

    /** Returns the edition if there is exactly one. */
    Optional<Integer> edition() {
        Set<Integer> editions = editions();
        return editions.size() == 1 ? Optional.of(editions.iterator().next()) : Optional.empty();
    }

    /** Returns what is wrong with the passages themselves, whatever version should be there. */
    List<Violation> flaws(Subject subject) {
        if (isEmpty()) {
            return List.of();
        }
        List<Violation> flaws = new ArrayList<>();
        Set<List<Long>> seen = new HashSet<>();
        Set<Long> versions = new TreeSet<>();
        Set<Integer> ordinals = new TreeSet<>();
        Set<Integer> sentences = new TreeSet<>();
        for (Found passage : passages) {
            if (!seen.add(List.of(passage.version(), (long) passage.ordinal()))) {
                flaws.add(new Violation(
                        Violation.Kind.DUPLICATED,
                        subject,
                        "passage %d of version %d is there twice".formatted(passage.ordinal(), passage.version())));
            }
            versions.add(passage.version());
            ordinals.add(passage.ordinal());
            sentences.addAll(passage.sentences());
        }
        if (versions.size() > 1 || editions().size() > 1) {
            flaws.add(mixed(subject, "one search found versions %s and editions %s".formatted(versions, editions())));
        } else if (ordinals.size()
                        <= Math.max(
                                0,
                                passages.stream().mapToInt(Found::ordinal).max().orElse(0))
                || sentences.size() != MarkedText.sentences(subject)) {
            flaws.add(mixed(
                    subject,
                    "one search found %d of %d sentences of version %s, in passages %s"
                            .formatted(sentences.size(), MarkedText.sentences(subject), versions, ordinals)));
        }
        return flaws;
    }

    private Set<Integer> editions() {
        Set<Integer> editions = new TreeSet<>();
        passages.forEach(passage -> editions.addAll(passage.editions()));
        return editions;
    }

    private static Violation mixed(Subject subject, String what) {
        return new Violation(Violation.Kind.MIXED, subject, what);
    }
}
