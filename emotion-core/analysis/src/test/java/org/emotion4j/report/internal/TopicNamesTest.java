package org.emotion4j.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.recording.SessionMarker;
import org.junit.jupiter.api.Test;

class TopicNamesTest {
    private static final TimeScale WIDE = TimeScale.of(Figure.WIDE, 0, 300_000_000_000L);

    @Test
    void namesThatAreCloseStandInRowsAboveEachOther() {
        List<TopicNames.Place> places = TopicNames.of(topics(0, 1, 2, 200), WIDE);
        assertThat(places).extracting(TopicNames.Place::row).containsExactly(0, 1, 2, 0);
        assertThat(TopicNames.height(places)).isEqualTo(48);
    }

    @Test
    void aNameAtTheEndStandsLeftOfItsMarker() {
        TopicNames.Place last = TopicNames.of(topics(299), WIDE).get(0);
        assertThat(last.left()).isLessThan(last.x());
        assertThat(last.left() + 7 * last.text().length()).isLessThanOrEqualTo(Figure.WIDE);
    }

    @Test
    void whereThereIsNoRoomTheNumberIsAllThereIs() {
        List<TopicNames.Place> places = TopicNames.of(topics(0, 1, 2, 3, 4, 5), WIDE);
        assertThat(places).extracting(TopicNames.Place::isShown).containsExactly(true, true, true, true, false, false);
        assertThat(places).extracting(TopicNames.Place::number).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void longNamesAreCutAndNoCharacterIsTornApart() {
        SessionMarker long1 = new SessionMarker(0, Instant.EPOCH, "\uD83D\uDE00".repeat(60));
        assertThat(TopicNames.of(List.of(long1), WIDE).get(0).text()).isEqualTo("1 " + "\uD83D\uDE00".repeat(29) + "…");
    }

    @Test
    void aPhoneHasRoomForShorterNames() {
        TimeScale narrow = TimeScale.of(Figure.NARROW, 0, 300_000_000_000L);
        SessionMarker marker = new SessionMarker(0, Instant.EPOCH, "a conversation about the week");
        assertThat(TopicNames.of(List.of(marker), narrow).get(0).text()).isEqualTo("1 a conversation…");
    }

    @Test
    void withoutTopicsNoRoomIsTaken() {
        assertThat(TopicNames.height(TopicNames.of(List.of(), WIDE))).isZero();
    }

    private static List<SessionMarker> topics(int... seconds) {
        List<SessionMarker> topics = new ArrayList<>();
        for (int second : seconds) {
            topics.add(new SessionMarker(second * 1_000_000_000L, Instant.EPOCH, "a conversation"));
        }
        return topics;
    }
}
