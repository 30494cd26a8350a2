package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionFormTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final SessionForm agreed = SessionForm.blank("haar", "brightness")
            .withRecord(true)
            .withSubject("P-1")
            .withPurpose("follow-up")
            .withConsent(Optional.of(Agreement.ticked(NOON)));

    @Test
    void anotherPseudonymTakesConsentBack() {
        assertThat(agreed.missing()).isEmpty();
        assertThat(agreed.withSubject("P-2").missing()).containsExactly(SessionForm.Field.CONSENT);
        assertThat(agreed.withSubject("P-2").withSubject("P-1").consent()).isFalse();
    }

    @Test
    void theSamePseudonymWrittenAgainTakesNothingBack() {
        assertThat(agreed.withSubject(" P-1 ").consent()).isTrue();
        assertThat(agreed.withPurpose("training").consent()).isTrue();
    }

    @Test
    void theNextPersonHasNoPseudonymAndHasNotAgreed() {
        SessionForm next = agreed.forNextPerson();
        assertThat(next.missing()).containsExactlyInAnyOrder(SessionForm.Field.SUBJECT, SessionForm.Field.CONSENT);
        assertThat(next.purpose()).isEqualTo("follow-up");
    }

    @Test
    void withoutConsentThereIsNothingToBeginARecordWith() {
        assertThatIllegalStateException().isThrownBy(() -> agreed.metadata(new Party("P-1", Optional.empty()), NOON));
    }

    @Test
    void aSecondPersonNeedsAPseudonymAndAConsentOfTheirOwn() {
        Party asked = Party.NOBODY.withSubject("T-1");
        assertThat(agreed.withCompanion(Optional.of(Party.NOBODY)).missing())
                .containsExactly(SessionForm.Field.COMPANION);
        assertThat(agreed.withCompanion(Optional.of(asked)).missing()).containsExactly(SessionForm.Field.COMPANION);
        Party agrees = asked.with(Optional.of(Agreement.ticked(NOON)));
        assertThat(agreed.withCompanion(Optional.of(agrees)).missing()).isEmpty();
        assertThat(agreed.withCompanion(Optional.of(agreed.person())).missing())
                .as("the same person twice")
                .containsExactly(SessionForm.Field.COMPANION);
        assertThat(agrees.withSubject("T-2").agreement()).isEmpty();
        assertThat(agreed.withCompanion(Optional.of(agrees)).forNextPerson().companion())
                .isEmpty();
    }
}
