package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Collections.BinaryQuantization;
import io.qdrant.client.grpc.Collections.BinaryQuantizationEncoding;
import io.qdrant.client.grpc.Collections.CompressionRatio;
import io.qdrant.client.grpc.Collections.Disabled;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.ProductQuantization;
import io.qdrant.client.grpc.Collections.QuantizationConfigDiff;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.VectorParamsDiff;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.SearchParams;
import quintet.failure.Failure;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.ModelRef;

/** Kinds of index as Qdrant has them: HNSW, with or without quantization, and comparing with every vector. */
final class VectorSettings {
    /** Outliers that scalar quantization cuts off, as Qdrant's documentation recommends. */
    private static final float QUANTILE = 0.99f;

    private static final int FLOAT_BYTES = 4;

    private final int m;
    private final int efConstruction;
    private final int ef;

    VectorSettings(QdrantConfig config) {
        m = config.m();
        efConstruction = config.efConstruction();
        ef = config.ef();
    }

    /** Returns the kind of a collection for which none was chosen. */
    IndexKind configured() {
        return new IndexKind.Hnsw(m, efConstruction, 32, ef, 1);
    }

    /**
     * Returns what a kind is built by.
     *
     * @throws Failure INVALID_INDEX if Qdrant has no such kind
     */
    VectorParamsDiff building(IndexKind kind, int dimension) {
        return switch (kind) {
            case IndexKind.Hnsw hnsw -> params(hnsw.m(), hnsw.efConstruction(), scalarOrBinary(hnsw.bits()));
            case IndexKind.ProductQuantization product ->
                params(
                        m,
                        efConstruction,
                        QuantizationConfigDiff.newBuilder()
                                .setProduct(ProductQuantization.newBuilder()
                                        .setCompression(compression(product.subspaces(), dimension))
                                        .setAlwaysRam(true))
                                .build());
            case IndexKind.Exact _ -> params(m, efConstruction, unquantized());
            case IndexKind.RandomProjection _, IndexKind.Lsh _ ->
                throw Failure.invalidInput(
                        "INVALID_INDEX",
                        "Qdrant has no index of kind '%s', must be one of exact, hnsw, product-quantization",
                        kind.name());
        };
    }

    /** Refuses a kind that Qdrant does not have, with INVALID_INDEX. */
    void check(IndexKind kind) {
        var _ = building(kind, ModelRef.MAX_DIMENSION);
    }

    /** Returns what a search by a kind needs for its best {@code limit}. */
    SearchParams searching(IndexKind kind, int limit) {
        SearchParams.Builder params = SearchParams.newBuilder();
        switch (kind) {
            case IndexKind.Hnsw hnsw -> {
                params.setHnswEf(Math.max(hnsw.ef(), limit));
                if (hnsw.bits() < 32) {
                    params.setQuantization(rescored(hnsw.rescore()));
                }
            }
            case IndexKind.ProductQuantization product ->
                params.setHnswEf(Math.max(ef, limit)).setQuantization(rescored(product.rescore()));
            case IndexKind.Exact _, IndexKind.RandomProjection _, IndexKind.Lsh _ -> params.setExact(true);
        }
        return params.build();
    }

    private static VectorParamsDiff params(int m, int efConstruction, QuantizationConfigDiff quantization) {
        return VectorParamsDiff.newBuilder()
                .setHnswConfig(HnswConfigDiff.newBuilder().setM(m).setEfConstruct(efConstruction))
                .setQuantizationConfig(quantization)
                .build();
    }

    private static QuantizationConfigDiff scalarOrBinary(int bits) {
        QuantizationConfigDiff.Builder quantization = QuantizationConfigDiff.newBuilder();
        return switch (bits) {
            case 32 -> unquantized();
            case 8 ->
                quantization
                        .setScalar(ScalarQuantization.newBuilder()
                                .setType(QuantizationType.Int8)
                                .setQuantile(QUANTILE)
                                .setAlwaysRam(true))
                        .build();
            case 2 ->
                quantization
                        .setBinary(binary(BinaryQuantizationEncoding.TwoBits))
                        .build();
            case 1 ->
                quantization
                        .setBinary(binary(BinaryQuantizationEncoding.OneBit))
                        .build();
            default ->
                throw Failure.invalidInput("INVALID_INDEX", "bits is %d, must be one of 32, 8, 2, 1 with Qdrant", bits);
        };
    }

    private static BinaryQuantization.Builder binary(BinaryQuantizationEncoding encoding) {
        return BinaryQuantization.newBuilder().setEncoding(encoding).setAlwaysRam(true);
    }

    private static QuantizationConfigDiff unquantized() {
        return QuantizationConfigDiff.newBuilder()
                .setDisabled(Disabled.getDefaultInstance())
                .build();
    }

    /** Returns the strongest compression with at least that many subspaces of one byte each, as far as there are numbers. */
    private static CompressionRatio compression(int subspaces, int dimension) {
        int ratio = FLOAT_BYTES * dimension / subspaces;
        if (ratio >= 64) {
            return CompressionRatio.x64;
        }
        if (ratio >= 32) {
            return CompressionRatio.x32;
        }
        if (ratio >= 16) {
            return CompressionRatio.x16;
        }
        return ratio >= 8 ? CompressionRatio.x8 : CompressionRatio.x4;
    }

    private static QuantizationSearchParams.Builder rescored(int times) {
        return QuantizationSearchParams.newBuilder().setRescore(true).setOversampling(times);
    }
}
