package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.MetadataFilter.Range;
import quintet.retrieve.model.Numbers;
import quintet.retrieve.model.RangeEnd;
import quintet.retrieve.model.TimeSpan;

/**
 * A range over values as they are, each of which it reads: for indexes with passages of earlier releases, which have no terms
 * that sort by size. Takes time with the number of different values of the field.
 */
final class PlainRangeQuery extends MultiTermQuery {
    private final Range range;
    private final BytesRef first;

    PlainRangeQuery(Range range) {
        super(FilterTerms.FIELD, CONSTANT_SCORE_BLENDED_REWRITE);
        this.range = range;
        this.first = FilterTerms.first(range.field(), FilterTerms.PLAIN);
    }

    @Override
    protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
        return new FilteredTermsEnum(terms.iterator()) {
            {
                setInitialSeekTerm(first);
            }

            @Override
            protected AcceptStatus accept(BytesRef term) {
                if (!StringHelper.startsWith(term, first)) {
                    return AcceptStatus.END;
                }
                BytesRef value = new BytesRef(term.bytes, term.offset + first.length, term.length - first.length);
                return contains(value.utf8ToString()) ? AcceptStatus.YES : AcceptStatus.NO;
            }
        };
    }

    private boolean contains(String value) {
        return isBeyond(value, range.from(), 1) && isBeyond(value, range.to(), -1);
    }

    /** Returns whether a value is of the kind of {@code end} and on the side {@code sign} of it; true if there is no end. */
    private static boolean isBeyond(String value, @Nullable RangeEnd end, int sign) {
        int order = switch (end) {
            case null -> sign;
            case RangeEnd.Numeric number -> {
                OptionalDouble read = Numbers.read(value);
                yield read.isEmpty() ? -sign : Double.compare(read.getAsDouble(), number.value());
            }
            case RangeEnd.Moment moment ->
                TimeSpan.read(value)
                        .map(span -> span.first().compareTo(moment.value()))
                        .orElse(-sign);
        };
        return Integer.signum(order) == sign || (order == 0 && end != null && end.inclusive());
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(field)) {
            visitor.visitLeaf(this);
        }
    }

    @Override
    public String toString(String defaultField) {
        return range.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return sameClassAs(other) && range.equals(((PlainRangeQuery) Objects.requireNonNull(other)).range);
    }

    @Override
    public int hashCode() {
        return 31 * classHash() + range.hashCode();
    }
}
