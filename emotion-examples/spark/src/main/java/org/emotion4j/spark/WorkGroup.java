package org.emotion4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What one task reads, and one file of each table holds.
 *
 * @param id a name that no other group has, of this run or another
 * @param items the inputs, the largest first
 */
record WorkGroup(String id, List<WorkItem> items) implements Serializable {
    /** A group is one file of each table; of so many inputs it holds at most. */
    private static final int MOST_ITEMS = 64;

    private static final long MOST_BYTES = 1L << 30;
    private static final int GROUPS_A_CORE = 4;

    /** What opening an input costs beside its length, in bytes of film. */
    private static final long OPENING = 100_000;

    /** Copies the list. */
    WorkGroup {
        items = new ArrayList<>(items);
    }

    /**
     * Divides the inputs of a run into groups of about the same work: several for each core, so that the last one to end does not keep
     * the others waiting and a lost machine costs little, and no more than needed, since each is a file.
     *
     * @param run the name of the run
     * @param cores how many tasks run at the same time
     */
    static List<WorkGroup> of(String run, List<WorkItem> items, int cores) {
        long bytes = items.stream().mapToLong(item -> item.bytes() + OPENING).sum();
        long count = Math.max(
                Math.max((items.size() + MOST_ITEMS - 1) / MOST_ITEMS, (bytes + MOST_BYTES - 1) / MOST_BYTES),
                (long) GROUPS_A_CORE * cores);
        int groups = (int) Math.min(count, items.size());
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            shares.add(new Share(i));
        }
        PriorityQueue<Share> lightest = new PriorityQueue<>(shares);
        List<WorkItem> heaviestFirst = new ArrayList<>(items);
        heaviestFirst.sort(Comparator.comparingLong(WorkItem::bytes).reversed().thenComparing(WorkItem::path));
        for (WorkItem item : heaviestFirst) {
            Share share = lightest.remove();
            share.add(item);
            lightest.add(share);
        }
        return shares.stream()
                .map(share ->
                        new WorkGroup(String.format(java.util.Locale.ROOT, "%s-%05d", run, share.index), share.items))
                .toList();
    }

    private static final class Share implements Comparable<Share> {
        private final int index;
        private final List<WorkItem> items = new ArrayList<>();
        private long weight;

        Share(int index) {
            this.index = index;
        }

        void add(WorkItem item) {
            items.add(item);
            weight += item.bytes() + OPENING;
        }

        @Override
        public int compareTo(Share other) {
            return Comparator.comparingLong((Share share) -> share.weight)
                    .thenComparingInt(share -> share.index)
                    .compare(this, other);
        }
    }
}
