package quintet.retrieve.adapter.lucene;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.jspecify.annotations.Nullable;

/** Lucene's default policy, whose forced merges are rewrites of single segments by the codec of now. */
final class RebuildMergePolicy extends FilterMergePolicy {
    private final AtomicReference<@Nullable String> next = new AtomicReference<>();

    RebuildMergePolicy() {
        super(new TieredMergePolicy());
    }

    /** Makes the next forced merge rewrite one segment, if it is still there and not in a merge already. */
    void rewrite(String segment) {
        next.set(segment);
    }

    @Override
    public @Nullable MergeSpecification findForcedMerges(
            SegmentInfos segments, int maxSegmentCount, Map<SegmentCommitInfo, Boolean> toMerge, MergeContext context) {
        String name = next.getAndSet(null);
        for (SegmentCommitInfo segment : segments) {
            if (segment.info.name.equals(name) && !context.getMergingSegments().contains(segment)) {
                MergeSpecification rewrite = new MergeSpecification();
                rewrite.add(new OneMerge(List.of(segment)));
                return rewrite;
            }
        }
        return null;
    }
}
