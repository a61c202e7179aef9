package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordQueryTest {
    private static List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        WordQuery.of(text, new WordQuery.Weights(1, 1)).query().visit(new QueryVisitor() {
            @Override
            public void consumeTerms(Query query, Term... terms) {
                if (query instanceof CombinedFieldQuery) {
                    words.add(terms[0].text());
                }
            }

            @Override
            public QueryVisitor getSubVisitor(org.apache.lucene.search.BooleanClause.Occur occur, Query parent) {
                return this;
            }
        });
        return words;
    }

    @CsvSource({
        "Employees' benefits,employe benefit",
        "the company's policies,compani polici",
        "How do I get reimbursed?,get reimburs",
        "Café RÉSUMÉ,cafe resum",
        "form W-2 for 2024,form w 2 2024",
        "PerksPlus,perksplu perk plu",
        "max_tokens,max_token max token",
        "v1.2.3,v1.2.3 v1 2 3",
        "to be or not to be,to be or not",
    })
    @ParameterizedTest
    void findsTheWordsOfAQuery(String text, String expected) throws IOException {
        assertThat(words(text)).containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void takesEveryWordOnce() throws IOException {
        assertThat(words("vacation vacations vacation")).containsExactly("vacat");
    }
}
