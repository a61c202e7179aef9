package quintet.retrieve.adapter.lucene;

/** Vectors by the group that each is in: of group {@code g} those at {@code starts[g]} to {@code starts[g + 1]}. */
final class Groups {
    final int[] starts;
    final int[] ordinals;

    /** Sorts ordinals by their groups, which are 0 to {@code groups - 1}; within a group they ascend. */
    Groups(int[] groupOfOrdinal, int groups) {
        starts = new int[groups + 1];
        for (int group : groupOfOrdinal) {
            starts[group + 1]++;
        }
        for (int group = 0; group < groups; group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = starts.clone();
        ordinals = new int[groupOfOrdinal.length];
        for (int ordinal = 0; ordinal < ordinals.length; ordinal++) {
            ordinals[next[groupOfOrdinal[ordinal]]++] = ordinal;
        }
    }
}
