package quintet.retrieve.adapter.lucene;

import java.util.Map;
import quintet.retrieve.model.IndexKind;

/** The format of {@link IndexKind.ProductQuantization}. */
public final class ProductQuantizationFormat extends NarrowedFormat {
    static final IndexKind.ProductQuantization DEFAULT =
            (IndexKind.ProductQuantization) IndexKind.of("product-quantization", Map.of());

    private final IndexKind.ProductQuantization kind;

    /** For Lucene, which only reads by it. */
    public ProductQuantizationFormat() {
        this(DEFAULT);
    }

    ProductQuantizationFormat(IndexKind.ProductQuantization kind) {
        super("QuintetProductQuantizationVectorsFormat");
        this.kind = kind;
    }

    @Override
    Narrowing.Builder builder() {
        return new InvertedListsBuilder(kind.subspaces(), kind.lists());
    }

    @Override
    Narrowing.Opener opener() {
        return InvertedLists::open;
    }
}
