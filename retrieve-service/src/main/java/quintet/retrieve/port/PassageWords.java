package quintet.retrieve.port;

import java.util.List;
import java.util.Map;
import quintet.retrieve.model.AnalysedWord;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.QueryWords;

/** Takes texts apart into the words that they are found by, the same for every index. */
public interface PassageWords {
    /**
     * Counts the words of a passage, its title, file name and headings among them.
     *
     * @return how often it has each word, weighted by where; greater than 0
     */
    Map<String, Float> ofPassage(DocumentInfo info, Passage passage);

    /** Counts the words of a query that say something, or all of its words if none does, and likewise of those beside it. */
    QueryWords ofQuery(LexicalQuery query);

    /** Tells how the words of a query are read, at most {@link quintet.retrieve.model.ListDetail#MAX_WORDS}; how rare they are is not known here. */
    List<AnalysedWord> explain(LexicalQuery query);
}
