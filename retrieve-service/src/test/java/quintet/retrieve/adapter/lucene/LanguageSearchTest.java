package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Phrase;
import quintet.retrieve.port.PassageView;

/** Words and phrases in a collection of several languages. */
class LanguageSearchTest {
    @TempDir
    Path folder;

    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private void put(String documentId, String language, String... texts) {
        DocumentInfo info = new DocumentInfo("", "", "", "text/plain", language, Map.of(), List.of());
        var part = whole(ref(documentId, 1), info, texts);
        assertThat(lucene.writer().put(part.ref(), List.of(part)).version()).isEqualTo(1);
    }

    private void putAllLanguages() {
        put("en", "en", "The house has a garden, and the journals are in the library.", "Notes on the new process");
        put("de", "de", "Das Haus liegt am Rand der Stadt.", "Die Kündigungsfrist beträgt drei Monate.");
        put("fr", "fr", "Le journal paraît chaque matin.", "L'avion n'est pas parti à l'heure.");
        put("es", "es", "Las vacaciones se piden al jefe.");
        put("it", "it", "Il contratto dell'azienda dura un anno.");
        put("pt", "pt", "As informações estão na página do funcionário.");
        put("nl", "nl", "De contracten liggen in de kast.");
        put("sv", "sv", "Anställningarna upphör efter tre månader.");
        put("ja", "ja", "社内の日本語の文書 A4");
        put("pl", "pl", "Umowa jest ważna przez rok.");
    }

    private CandidateList search(String query) {
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            return await(view.matching(query, MetadataFilter.NONE, 10));
        }
    }

    private List<String> found(String query) {
        return search(query).candidates().stream().map(Candidate::chunkId).toList();
    }

    private List<String> foundWith(String phrase, String query) {
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            PassageView containing = view.containing(List.of(new Phrase(phrase)));
            List<String> words = await(containing.matching(query, MetadataFilter.NONE, 10)).candidates().stream()
                    .map(Candidate::chunkId)
                    .toList();
            List<String> meaning =
                    await(containing.nearest(vector("any"), MetadataFilter.NONE, 10)).candidates().stream()
                            .map(Candidate::chunkId)
                            .toList();
            assertThat(meaning).containsExactlyInAnyOrderElementsOf(words);
            return words;
        }
    }

    @CsvSource({
        "Häuser, de#000",
        "haeuser, de#000",
        "wie lang sind Kündigungsfristen, de#001",
        "journaux, fr#000",
        "avions, fr#001",
        "vacación, es#000",
        "contratti, it#000",
        "aziende, it#000",
        "informação, pt#000",
        "contract, nl#000",
        "anställning, sv#000",
        "日本語, ja#000",
        "文書, ja#000",
        "umowa, pl#000",
        "houses, en#000",
    })
    @ParameterizedTest
    void findsInflectionsInEachLanguage(String query, String expected) {
        putAllLanguages();
        assertThat(found(query).getFirst()).isEqualTo(expected);
    }

    @Test
    void readsAQueryInTheLanguageOfThePassageOnly() {
        put("en", "en", "This is not what we do.");
        put("fr", "fr", "Les notes sont dans le dossier.");
        // French stems "notes" to "not", which is a word of the English passage.
        assertThat(found("notes")).containsExactly("fr#000");
    }

    @Test
    void scoresOfOneLanguageAreWhatTheyAreWithoutOthersAround() {
        put("en", "en", "The house has a garden.", "The garden is closed.");
        List<Candidate> alone = search("gardens").candidates();
        put("de", "de", "Das Haus hat einen Garten.");
        assertThat(search("gardens").candidates())
                .extracting(Candidate::chunkId)
                .containsExactlyElementsOf(
                        alone.stream().map(Candidate::chunkId).toList());
    }

    @Test
    void aPassageThatOneListFoundHasTheSameScoreWhereItIsAskedFor() {
        putAllLanguages();
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            for (String query : List.of("Häuser house", "journaux notes", "日本語 Kündigungsfrist RFC-2119")) {
                List<Candidate> list =
                        await(view.matching(query, MetadataFilter.NONE, 10)).candidates();
                assertThat(list).isNotEmpty();
                List<Double> scores = await(view.relevances(query, list));
                for (int i = 0; i < list.size(); i++) {
                    assertThat(scores.get(i)).isEqualTo(list.get(i).score());
                }
            }
        }
    }

    @Test
    void aWordIsAsRareAsAllItsFormsTogether() {
        String[] texts = new String[40];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "The information that everybody has, and it is number " + i;
        }
        texts[7] = "The information that everybody has about the zeppelin";
        put("en", "en", texts);
        put("de", "de", "Die Information, die jeder hat, ist auch hier zu haben, und das ist gut so.");
        // In the only German passage, the word is as common as everywhere else.
        assertThat(found("information about the zeppelin").getFirst()).isEqualTo("en#007");
    }

    @Test
    void asksNoPassageForTheStopWordsOfAQueryInAnotherLanguage() {
        put("en", "en", "The garden is closed in winter.");
        put("de", "de", "How does the: ein Titel, der englisch ist. Die Stadt hat einen Garten.");
        assertThat(found("how does the winter work")).containsExactly("en#000");
        // One stop word alone says nothing about a query.
        put("film", "en", "They saw Die Hard, which was good.");
        assertThat(found("die hard")).contains("film#000").first().isEqualTo("film#000");
    }

    @Test
    void noScoreReachesTheBoundInAnyLanguage() {
        putAllLanguages();
        for (String query :
                List.of("house", "Häuser", "journaux", "日本語", "wie lang ist die Kündigungsfrist RFC-2119")) {
            CandidateList list = search(query);
            double bound = list.scoreBound().orElseThrow();
            assertThat(list.candidates()).isNotEmpty().allMatch(candidate -> candidate.score() < bound);
        }
    }

    @Test
    void takesTheLongestQueryInAllLanguages() {
        putAllLanguages();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            words.append(" wording")
                    .append(Integer.toString(i, 36))
                    .append(i)
                    .append("-")
                    .append(i);
        }
        put("long", "en", words.toString());
        put("lang", "de", words.toString());
        assertThat(search(words.toString()).queryTruncated()).isTrue();
        assertThat(search("Häuser").queryTruncated()).isFalse();
    }

    @Test
    void aPhraseHasToBeThereAsItIs() {
        put(
                "en",
                "en",
                "The employee assistance program helps.",
                "Employees get assistance from a program.",
                "All employee assistance programs are free.",
                "Ask the Employee\n Assistance Program, EAP.");
        assertThat(foundWith("employee assistance program", "employee assistance program"))
                .containsExactlyInAnyOrder("en#000", "en#003");
        assertThat(foundWith("employee assistance programs", "program")).containsExactly("en#002");
        assertThat(foundWith("assistance from", "employee")).containsExactly("en#001");
        assertThat(foundWith("program assistance", "employee")).isEmpty();
    }

    @Test
    void aPhraseIsFoundBehindAnyNumberOfItsInflections() {
        String[] texts = new String[60];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "programs ".repeat(i + 1);
        }
        texts[17] = "one program among many other things that are written here at some length";
        put("en", "en", texts);
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            PassageView containing = view.containing(List.of(new Phrase("program")));
            assertThat(await(containing.matching("program", MetadataFilter.NONE, 1))
                            .candidates())
                    .extracting(Candidate::chunkId)
                    .containsExactly("en#017");
            assertThat(await(containing.nearest(vector("programs"), MetadataFilter.NONE, 1))
                            .candidates())
                    .extracting(Candidate::chunkId)
                    .containsExactly("en#017");
        }
    }

    @CsvSource({
        "to be or not to be, en#000",
        "max_tokens, en#001",
        "v1.2.3, en#001",
        "perksplus benefits, en#002",
        "PerksPlus benefits, en#003",
        "am Rand der Stadt, de#000",
        "l'avion n'est pas, fr#000",
        "日本語の文書, ja#000",
    })
    @ParameterizedTest
    void findsPhrasesOfAllKinds(String phrase, String expected) {
        put(
                "en",
                "en",
                "Whether to be or not to be asked",
                "Set max_tokens in v1.2.3 of it",
                "All PerksPlus benefits",
                "Some perksplus benefits");
        put("de", "de", "Das Haus liegt am Rand der Stadt.");
        put("fr", "fr", "L'avion n'est pas parti.");
        put("ja", "ja", "社内の日本語の文書 A4");
        assertThat(foundWith(phrase, phrase)).contains(expected);
    }

    @CsvSource({
        "RFC-2119, en#000",
        "AB-1234, en#002",
        "10.1038/nature, en#004",
        "v1.2.3, en#006",
        "max_tokens, en#008",
        "2024-05-01, en#010",
    })
    @ParameterizedTest
    void anIdentifierComesBeforeItsPartsAndFindsThemToo(String identifier, String expected) {
        put(
                "en",
                "en",
                "see RFC-2119 for more",
                "section 2119 of another RFC",
                "the part AB-1234 is out",
                "AB and 1234 are two, 1234 and AB",
                "doi 10.1038/nature was cited",
                "nature has 10.1038 of it",
                "since v1.2.3 it works",
                "v1 and 2 and 3 do not",
                "set max_tokens here",
                "max of tokens there",
                "from 2024-05-01 on",
                "05 and 01 of 2024");
        assertThat(found(identifier)).hasSizeGreaterThan(1).first().isEqualTo(expected);
    }

    @Test
    void needsNothingForACollectionOfEnglish() throws Exception {
        put("en", "en", "The house has a garden.");
        assertThat(languages()).containsExactly(Language.ENGLISH);
        put("de", "de", "Das Haus");
        assertThat(languages()).containsExactly(Language.ENGLISH, Language.GERMAN);
        assertThat(lucene.writer().remove(ref("en", 2)).deleted()).isTrue();
        assertThat(found("Häuser")).containsExactly("de#000");
    }

    private java.util.Set<Language> languages() throws Exception {
        var collection = lucene.collections().get(COLLECTION).collection();
        var searcher = collection.acquire().orElseThrow();
        try {
            return Language.of(searcher.getIndexReader());
        } finally {
            LuceneCollection.release(searcher);
        }
    }
}
