package quintet.retrieve.pipeline.rewriting;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.Abbreviation;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.Correction;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.Expansion;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RecognisedFilter;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SelfQuery;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;
import quintet.retrieve.model.WeightedText;
import quintet.retrieve.port.PassageView;
import quintet.retrieve.port.TextModel;

/** What becomes of queries over a real index. */
class QueryRewriterTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder);
        put(whole(
                ref("hr", 1),
                info("employee_handbook.pdf", Map.of("author", "Jane Kim", "year", "2021")),
                "The Employee Assistance Program (EAP) offers counselling to employees.",
                "Reimbursement of fitness expenses is up to 1000 dollars.",
                "Employees are free to use their benefits."));
        put(whole(
                ref("it", 1),
                info("runbook.pdf", Map.of("author", "Ole Lund", "year", "2023")),
                "Restart the enterprise application proxy (EAP) when certificates expire."));
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private void put(DocumentPart part) {
        assertThat(lucene.writer().put(part.ref(), List.of(part)).version()).isEqualTo(1);
    }

    private RewrittenQuery rewrite(Query query, TextModel model) {
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            return await(RewriterFixture.rewriter(model).rewrite(view, query, BUDGET));
        }
    }

    private RewrittenQuery rewrite(String text, Rewriting rewriting) {
        return rewrite(query(text, MetadataFilter.NONE, rewriting), RewriterFixture.NO_MODEL);
    }

    private static Query query(String text, MetadataFilter filter, Rewriting rewriting) {
        return new Query(text, 10, SearchMode.HYBRID, Fusion.ADAPTIVE, filter, rewriting);
    }

    private static MetadataFilter author(String name) {
        return new MetadataFilter.In("author", new TreeSet<>(Set.of(name)));
    }

    private static Rewriting selfQuery(SelfQuery use) {
        return new Rewriting(List.of(), false, false, false, false, Set.of(), use);
    }

    private static List<WeightedText> also(RewrittenQuery rewritten) {
        return rewritten.variants().getFirst().words().orElseThrow().also();
    }

    @Test
    void searchesAQueryAsItIsWhereNothingIsWantedOrKnown() {
        Query off = query("emploee benefts", MetadataFilter.NONE, Rewriting.NONE);
        assertThat(rewrite(off, RewriterFixture.NO_MODEL)).isEqualTo(RewrittenQuery.asAsked(off));
        Query known = query("employee benefits", MetadataFilter.NONE, Rewriting.DEFAULT);
        assertThat(rewrite(known, RewriterFixture.NO_MODEL)).isEqualTo(RewrittenQuery.asAsked(known));
    }

    @Test
    void searchesAnUnknownWordAsTheNearestKnownOneToo() {
        RewrittenQuery rewritten = rewrite("What Dollers are there for fitnes?", Rewriting.DEFAULT);
        assertThat(rewritten.corrections())
                .containsExactly(new Correction("Dollers", "dollars"), new Correction("fitnes", "fitness"));
        assertThat(rewritten.standalone()).isEqualTo("What dollars are there for fitness?");
        assertThat(rewritten.variants().getFirst().words().orElseThrow().text())
                .isEqualTo("What Dollers are there for fitnes?");
        assertThat(also(rewritten)).extracting(WeightedText::text).containsExactly("dollars", "fitness");
    }

    @Test
    void leavesWordsAloneThatAreNotMisspelt() {
        for (String text : List.of(
                "reimbursements", // another form of a word that passages have
                "fees", // too short to tell
                "AB1234 v1000", // identifiers
                "zzzzzzzz", // nothing is near
                "what would which", // stop words
                "费用是多少")) {
            assertThat(rewrite(text, Rewriting.DEFAULT).corrections()).as(text).isEmpty();
        }
        assertThat(rewrite("emploees counseling fitnes dolars expire certificats", Rewriting.DEFAULT)
                        .corrections())
                .as("one with many unknown words is in another language")
                .isEmpty();
    }

    @Test
    void tellsOnlyWhatTheFilterLetsThrough() {
        Query lund = query("fitnes of Jane Kim, certificats of EAP", author("Ole Lund"), Rewriting.DEFAULT);
        RewrittenQuery rewritten = rewrite(lund, RewriterFixture.NO_MODEL);
        assertThat(rewritten.corrections()).containsExactly(new Correction("certificats", "certificates"));
        assertThat(rewritten.abbreviations()).containsExactly(new Abbreviation("EAP", "enterprise application proxy"));
        assertThat(rewritten.filters()).isEmpty();
    }

    @Test
    void searchesTheLongFormOfAnAbbreviationToo() {
        Query hr = query("Is the eap free?", author("Jane Kim"), Rewriting.DEFAULT);
        RewrittenQuery rewritten = rewrite(hr, RewriterFixture.NO_MODEL);
        assertThat(rewritten.abbreviations()).containsExactly(new Abbreviation("EAP", "Employee Assistance Program"));
        assertThat(rewritten.standalone()).isEqualTo("Is the eap (Employee Assistance Program) free?");
        assertThat(also(rewritten)).extracting(WeightedText::text).containsExactly("Employee Assistance Program");
        assertThat(rewrite("Is the EAP free?", Rewriting.DEFAULT).abbreviations())
                .as("both meanings")
                .hasSize(2);
    }

    @Test
    void searchesTheShortFormOfAnAbbreviationToo() {
        RewrittenQuery rewritten = rewrite("Is the employee assistance program free?", Rewriting.DEFAULT);
        assertThat(also(rewritten)).extracting(WeightedText::text).containsExactly("EAP");
        assertThat(rewritten.standalone()).isEqualTo("Is the employee assistance program free?");
        assertThat(rewrite("Is the Employee Assistance Program (EAP) free?", Rewriting.DEFAULT)
                        .abbreviations())
                .as("it has both")
                .doesNotContain(new Abbreviation("EAP", "Employee Assistance Program"));
    }

    @Test
    void feedbackAddsWordsOfWhatTheWordsFind() {
        Rewriting feedback = new Rewriting(List.of(), false, false, false, true, Set.of(), SelfQuery.OFF);
        List<WeightedText> also = also(rewrite("certificates", feedback));
        assertThat(also)
                .extracting(WeightedText::text)
                .contains("certificates", "proxy", "restart")
                .doesNotContain("the", "when", "counselling");
        assertThat(also.stream().mapToDouble(WeightedText::weight).sum())
                .as("half of all weight: as much as the one word of the query")
                .isBetween(0.99, 1.01);
        assertThat(also(rewrite("zzz", feedback))).isEmpty();
    }

    @Test
    void filtersAreSuggestedBoostedOrApplied() {
        String text = "What did jane kim write in the employee handbook since 2020?";
        RewrittenQuery suggested = rewrite(text, selfQuery(SelfQuery.SUGGEST));
        assertThat(suggested.filters())
                .extracting(filter -> FilterText.of(filter.filter()))
                .containsExactly("author = \"Jane Kim\"", "year >= 2020");
        assertThat(suggested.filters()).extracting(RecognisedFilter::words).containsExactly("jane kim", "since 2020");
        assertThat(suggested.variants()).hasSize(1);
        assertThat(suggested.variants().getFirst().filter()).isEqualTo(MetadataFilter.NONE);
        assertThat(suggested.isRestricted()).isFalse();

        RewrittenQuery boosted = rewrite(text, selfQuery(SelfQuery.BOOST));
        assertThat(boosted.variants())
                .extracting(QueryVariant::kind)
                .containsExactly(QueryVariant.Kind.QUERY, QueryVariant.Kind.FILTERED);
        assertThat(boosted.variants().getFirst().filter()).isEqualTo(MetadataFilter.NONE);

        RewrittenQuery applied = rewrite(text, selfQuery(SelfQuery.APPLY));
        assertThat(applied.variants()).hasSize(1);
        assertThat(FilterText.of(applied.variants().getFirst().filter()))
                .isEqualTo("author = \"Jane Kim\" and year >= 2020");
        assertThat(applied.isRestricted()).isTrue();
        assertThat(rewrite(text, selfQuery(SelfQuery.OFF)).filters()).isEmpty();
    }

    @Test
    void aFileIsNamedByItsWholeName() {
        assertThat(rewrite("What is in employee_handbook.pdf?", Rewriting.DEFAULT)
                        .filters())
                .extracting(filter -> FilterText.of(filter.filter()))
                .containsExactly("filename = \"employee_handbook.pdf\"");
        assertThat(rewrite("What is in the runbook?", Rewriting.DEFAULT).filters())
                .isEmpty();
    }

    @Test
    void whoeverNamesTwoAuthorsWantsEither() {
        assertThat(rewrite("Jane Kim or Ole Lund on benefits", Rewriting.DEFAULT)
                        .filters())
                .extracting(filter -> FilterText.of(filter.filter()))
                .containsExactly("author in (\"Jane Kim\", \"Ole Lund\")");
    }

    @Test
    void theModelRewritesFollowUpsAndWritesFurtherQueries() {
        Script model = new Script(instructions -> {
            if (instructions.startsWith("Rewrite")) {
                return "Question: \"What does the Employee Assistance Program cost?\"\n";
            }
            if (instructions.contains("three other ways")) {
                return "1. Price of counselling\n"
                        + "2) What does the Employee Assistance Program cost?\n"
                        + "- Fees\n\n"
                        + "4. More\n"
                        + "5. Most";
            }
            return instructions.contains("passage of about") ? "The programme\nis free.  " : "What is it?\nignored";
        });
        Rewriting all = new Rewriting(
                List.of(new Turn(Speaker.USER, "What is the EAP?"), new Turn(Speaker.ASSISTANT, "A program.")),
                true,
                false,
                false,
                false,
                Set.of(Expansion.MULTI_QUERY, Expansion.HYDE, Expansion.STEP_BACK),
                SelfQuery.OFF);
        RewrittenQuery rewritten = rewrite(query("What does it cost?", MetadataFilter.NONE, all), model);
        assertThat(rewritten.variants())
                .extracting(variant -> variant.kind() + " " + variant.text().orElse("") + " "
                        + variant.words().isPresent())
                .containsExactly(
                        "QUERY What does the Employee Assistance Program cost? true",
                        "MULTI_QUERY Price of counselling true",
                        "MULTI_QUERY Fees true",
                        "MULTI_QUERY More true",
                        "HYDE The programme is free. false",
                        "STEP_BACK What is it? true");
        assertThat(rewritten.degraded()).isEmpty();
        assertThat(model.inputs).first().asString().contains("User: What is the EAP?", "Assistant: A program.");
    }

    @Test
    void withoutTheModelTheRuleStepsIn() {
        Rewriting followUp = new Rewriting(
                List.of(new Turn(Speaker.USER, "What is the handbook?")),
                true,
                false,
                false,
                false,
                Set.of(Expansion.HYDE),
                SelfQuery.OFF);
        Script down = new Script(_ -> {
            throw Failure.unavailable("MODEL_SERVER_UNAVAILABLE", "gone", null);
        });
        Script garbage = new Script(_ -> "\n \n");
        for (TextModel model : List.of(down, garbage, new Script(_ -> "one\ntwo"), RewriterFixture.NO_MODEL)) {
            RewrittenQuery rewritten = rewrite(query("Who wrote it?", MetadataFilter.NONE, followUp), model);
            assertThat(rewritten.standalone()).isEqualTo("handbook Who wrote it?");
            assertThat(rewritten.degraded()).containsExactly("rewriting");
        }
    }

    @Test
    void whatAModelWritesIsBounded() {
        Script model = new Script(_ -> "😀".repeat(10_000));
        Rewriting hyde =
                new Rewriting(List.of(), false, false, false, false, Set.of(Expansion.values()), SelfQuery.OFF);
        RewrittenQuery rewritten = rewrite(query("Who?", MetadataFilter.NONE, hyde), model);
        assertThat(rewritten.variants())
                .hasSize(5)
                .allSatisfy(variant ->
                        assertThat(variant.text().orElseThrow().length()).isLessThanOrEqualTo(2000));
    }

    /** A model that answers by its instructions. */
    private static final class Script implements TextModel {
        private final UnaryOperator<String> answer;
        private final List<String> inputs = new ArrayList<>();

        Script(UnaryOperator<String> answer) {
            this.answer = answer;
        }

        @Override
        public boolean isConfigured() {
            return true;
        }

        @Override
        public Uni<String> write(String instructions, String input, int maxTokens, Duration budget) {
            inputs.add(input);
            return Uni.createFrom().item(() -> answer.apply(instructions));
        }
    }
}
