package quintet.retrieve.adapter.lucene;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.jspecify.annotations.Nullable;

/** Text that is indexed as its language reads it, in that language's field. */
final class LanguageField extends Field {
    private final Language language;

    LanguageField(String name, String text, Language language) {
        super(language.field(name), text, TextField.TYPE_NOT_STORED);
        this.language = language;
    }

    @Override
    public @Nullable TokenStream tokenStream(Analyzer analyzer, @Nullable TokenStream reuse) {
        return super.tokenStream(PassageAnalyzer.ofAllWords(language), reuse);
    }
}
