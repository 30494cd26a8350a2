package org.emotion4j.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.ConsentText;
import org.emotion4j.recording.SessionMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whose the record is, and what they agreed to; named as in {@code session.json}. */
@Command
public final class ConsentOptions {
    @Option(
            names = "--subject",
            paramLabel = "ID",
            description = "The pseudonym of the person recorded, the same in each of their sessions; no name.")
    private Optional<String> subject = Optional.empty();

    @Option(
            names = "--purpose",
            paramLabel = "TEXT",
            description = "What the person recorded agreed to: for what the record is. With --keep-until.")
    private Optional<String> purpose = Optional.empty();

    @Option(
            names = "--keep-until",
            paramLabel = "YYYY-MM-DD",
            converter = Day.class,
            description =
                    "What they agreed to: the last day (in UTC) on which the record may be kept. 'sessions --past'"
                            + " lists what is past it, 'erase --past' erases it; without it a record has no end. With --purpose.")
    private Optional<LocalDate> keepUntil = Optional.empty();

    @Option(
            names = "--agreed-by",
            paramLabel = "ROLE",
            description = "In which role somebody agreed, without a name (default: " + Consent.PERSON_RECORDED + ").")
    private Optional<String> agreedBy = Optional.empty();

    @Option(
            names = "--agreed-at",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "When they agreed: a day or a time, 2026-11-29 or 2026-11-29T10:15, of this machine's zone"
                    + " where none is given; not in the future (default: now).")
    private Optional<Instant> agreedAt = Optional.empty();

    @Option(
            names = "--consent-text",
            paramLabel = "FILE",
            description = "The text that was agreed to: its SHA-256, and its version where its first line says"
                    + " \"Version: …\", are kept with the record, the text is not.")
    private Optional<Path> consentText = Optional.empty();

    @Option(
            names = "--signed",
            paramLabel = "no|paper",
            description = "Whether that text was signed, on paper (default: no).")
    private Optional<String> signed = Optional.empty();

    public boolean hasConsent() {
        return keepUntil.isPresent();
    }

    /** Checks what was given, before any work. */
    public void require(Console console, Instant now) {
        boolean any = purpose.isPresent()
                || keepUntil.isPresent()
                || agreedBy.isPresent()
                || agreedAt.isPresent()
                || consentText.isPresent()
                || signed.isPresent();
        if (any && (purpose.isEmpty() || keepUntil.isEmpty())) {
            throw console.usage("a consent needs --purpose and --keep-until");
        }
        if (signed.isPresent()
                && (consentText.isEmpty() || !List.of("no", "paper").contains(signed.get()))) {
            throw console.usage("--signed is \"" + signed.get() + "\", expected no or paper, with --consent-text");
        }
        try {
            addTo(SessionMetadata.withoutConsent(), now);
        } catch (IllegalArgumentException e) {
            throw console.usage(ErrorMessages.message(e)
                    .replace("subjectId", "--subject")
                    .replace("agreedBy", "--agreed-by")
                    .replace("agreedAt", "--agreed-at")
                    .replace("purpose", "--purpose")
                    .replace("keepUntil", "--keep-until"));
        }
    }

    /**
     * Adds what was given.
     *
     * @throws IllegalArgumentException if a value is not accepted
     */
    public SessionMetadata addTo(SessionMetadata metadata, Instant now) {
        SessionMetadata added = subject.map(metadata::withSubject).orElse(metadata);
        if (!hasConsent()) {
            return added;
        }
        LocalDate until = keepUntil.orElseThrow();
        Consent consent = new Consent(
                agreedBy.orElse(Consent.PERSON_RECORDED), agreedAt.orElse(now), purpose.orElseThrow(), until);
        if (consent.isAhead(now)) {
            throw new IllegalArgumentException(
                    "agreedAt is " + consent.agreedAt() + ", expected a time up to now, " + now);
        }
        if (consent.isPast(now)) {
            throw new IllegalArgumentException(
                    "keepUntil is " + until + ", expected today, " + LocalDate.ofInstant(now, ZoneOffset.UTC)
                            + ", or later: the record would have to be erased at once");
        }
        return added.withConsent(text().map(consent::withText).orElse(consent));
    }

    private Optional<ConsentText> text() {
        ConsentText.Signed how =
                signed.orElse("no").equals("paper") ? ConsentText.Signed.ON_PAPER : ConsentText.Signed.NO;
        return consentText.map(file -> {
            try {
                return ConsentText.of(ConsentText.read(file), how);
            } catch (IOException e) {
                throw new BadInputException("--consent-text: " + ErrorMessages.message(e), e);
            }
        });
    }

    /** A day, as it is written in {@code session.json}. */
    static final class Day implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text.strip());
            } catch (DateTimeException e) {
                throw new TypeConversionException("\"" + text + "\" is no day, expected for example 2027-06-30");
            }
        }
    }

    /** A day, a time of this machine's zone, or one with a zone. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            String time = text.strip().replace(' ', 'T');
            try {
                if (!time.contains("T")) {
                    return LocalDate.parse(time)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant();
                }
                return time.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                        ? OffsetDateTime.parse(time).toInstant()
                        : LocalDateTime.parse(time)
                                .atZone(ZoneId.systemDefault())
                                .toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no time, expected for example 2026-11-29 or 2026-11-29T10:15");
            }
        }
    }
}
