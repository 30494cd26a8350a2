package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class WorkGroupTest {
    private static List<WorkItem> items(List<Long> bytes) {
        return java.util.stream.IntStream.range(0, bytes.size())
                .mapToObj(i -> WorkItem.of("file:/" + i, "/" + i, WorkItem.Kind.FILE, bytes.get(i)))
                .toList();
    }

    @Property
    void everyInputIsInOneGroup(
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 5_000_000_000L) Long> bytes,
            @ForAll @IntRange(min = 1, max = 32) int cores) {
        List<WorkGroup> groups = WorkGroup.of("run", items(bytes), cores);
        List<String> paths = groups.stream()
                .flatMap(group -> group.items().stream())
                .map(WorkItem::path)
                .toList();
        Set<String> ids = new HashSet<>();
        groups.forEach(group -> ids.add(group.id()));
        assertThat(paths).doesNotHaveDuplicates().hasSize(bytes.size());
        assertThat(ids).hasSameSizeAs(groups);
        assertThat(groups).allSatisfy(group -> assertThat(group.items()).isNotEmpty());
    }

    @Property
    void groupsOfLikeInputsAreAlike(@ForAll @IntRange(min = 1, max = 1_000) int count) {
        List<WorkGroup> groups = WorkGroup.of("run", items(java.util.Collections.nCopies(count, 1_000_000L)), 4);
        int largest =
                groups.stream().mapToInt(group -> group.items().size()).max().orElseThrow();
        int smallest =
                groups.stream().mapToInt(group -> group.items().size()).min().orElseThrow();
        assertThat(largest - smallest).isLessThanOrEqualTo(1);
        assertThat(largest).isLessThanOrEqualTo(64);
    }
}
