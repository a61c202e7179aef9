package quintet.retrieve.adapter.lucene;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import quintet.retrieve.model.IndexKind;

class IndexKindsTest {
    @Nested
    class Exact implements IndexKindContract {
        @Override
        public IndexKind kind() {
            return IndexKind.of("exact", Map.of());
        }
    }

    @Nested
    class Hnsw implements IndexKindContract {
        @Override
        public IndexKind kind() {
            return IndexKind.of("hnsw", Map.of());
        }
    }

    @Nested
    class HnswOf8Bits implements IndexKindContract {
        @Override
        public IndexKind kind() {
            return IndexKind.of("hnsw", Map.of("bits", 8));
        }
    }

    @Nested
    class HnswOf1Bit implements IndexKindContract {
        @Override
        public IndexKind kind() {
            return IndexKind.of("hnsw", Map.of("bits", 1, "ef", 200, "rescore", 20));
        }
    }

    @Nested
    class RandomProjection implements IndexKindContract {
        @Override
        public IndexKind kind() {
            return IndexKind.of("random-projection", Map.of("candidates", 2000));
        }
    }

    @Nested
    class Lsh implements IndexKindContract {
        @Override
        public IndexKind kind() {
            return IndexKind.of("lsh", Map.of("probes", 4));
        }
    }

    @Nested
    class ProductQuantization implements IndexKindContract {
        @Override
        public IndexKind kind() {
            return IndexKind.of("product-quantization", Map.of("probes", 20));
        }
    }
}
