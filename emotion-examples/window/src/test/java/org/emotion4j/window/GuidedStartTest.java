package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.emotion4j.analysis.RestStretch;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.ConsentText;
import org.emotion4j.recording.ConsentText.Signed;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionSignature;
import org.emotion4j.recording.SessionSignature.Point;
import org.emotion4j.recording.SessionSignature.Stroke;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guided start and sessions of two, without a window: real detector, real records. */
@Timeout(600)
@Tag("native")
final class GuidedStartTest {
    private static final SessionSignature SIGNED =
            new SessionSignature(300, 90, List.of(new Stroke(List.of(new Point(5, 60), new Point(120, 20)))));

    @TempDir
    static Path films;

    private static Path film;

    @TempDir
    Path folder;

    private final ExecutorService ui = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-ui"));
    private final LiveView view = new LiveView(new SetupGuide());
    private final TestMachine machine = new TestMachine().withFilm(choice -> SampleFilm.endless());
    private SessionPresenter presenter;
    private GuidedStart guide;

    @BeforeAll
    static void shoot() throws IOException {
        film = SampleFilm.write(films.resolve("film.avi"), Duration.ofSeconds(1));
    }

    @BeforeEach
    void make() {
        view.pictures().fitInto(320, 240);
        presenter = new SessionPresenter(machine, sessions(), view, ui, SessionForm.blank("haar", "brightness"));
        guide = new GuidedStart(machine, presenter, ui);
    }

    private Path sessions() {
        return folder.resolve("sessions");
    }

    @AfterEach
    void close() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        ui.execute(() -> {
            guide.close();
            presenter.close(closed::countDown);
        });
        assertThat(closed.await(300, TimeUnit.SECONDS)).isTrue();
        ui.shutdown();
    }

    @Test
    void aSessionBeginsWithConsentToATextASignatureAndARest() throws IOException {
        begin();
        act(() -> {
            guide.name("P-1");
            presenter.fill(presenter.state().form().withPurpose("follow-up"));
            guide.next();
        });
        await(() -> guide.state().text().isPresent());
        act(() -> guide.agree(true, Signed.ON_SCREEN, Optional.of(SIGNED)));
        await(() -> presenter.state().form().consent());
        act(guide::next);
        await(() -> view.latest().isPresent());
        act(guide::next);
        act(guide::rest);
        await(() -> guide.state().rest() == Guide.Rest.RUNNING);
        await(() -> {
            act(guide::tick);
            return guide.state().rest() == Guide.Rest.DONE;
        });
        assertThat(view.now()).isGreaterThanOrEqualTo(GuidedStart.REST.toNanos());
        await(() -> view.markers().size() == 2);
        Path session = stop();

        SessionInfo info = SessionReader.readInfo(session);
        Consent consent = info.metadata().consent().orElseThrow();
        assertThat(consent.agreedBy()).isEqualTo(Consent.LEGAL_GUARDIAN);
        ConsentText text = consent.text().orElseThrow();
        assertThat(text.signed()).isEqualTo(Signed.ON_SCREEN);
        assertThat(text.version()).contains("Emotion4J 1");
        assertThat(SessionSignature.read(session)).contains(SIGNED);
        assertThat(keptTexts()).singleElement().satisfies(kept -> assertThat(text.isOf(kept))
                .isTrue());
        assertThat(info.markers()).extracting(SessionMarker::text).containsExactly("rest", "rest over");
        assertThat(RestStretch.of(info.markers()).orElseThrow().length())
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        assertThat(presenter.state().outcome().orElseThrow().rest()).isPresent();
        assertThat(SessionArchive.erase(session)).isEmpty();
    }

    @Test
    void aStepIsNotLeftWhileSomethingIsMissing() {
        begin();
        act(guide::next);
        assertThat(guide.state().isAt(Guide.Step.WHO)).isTrue();
        assertThat(guide.state().missing()).contains(SessionForm.Field.SUBJECT, SessionForm.Field.PURPOSE);
        who("Ana María");
        assertThat(guide.state().missing()).containsExactly(SessionForm.Field.SUBJECT);
        who("P-1");
        await(() -> guide.state().text().isPresent());
        act(guide::next);
        assertThat(guide.state().isAt(Guide.Step.CONSENT)).isTrue();
        assertThat(guide.state().missing()).containsExactly(SessionForm.Field.CONSENT);
        act(() -> guide.agree(false, Signed.ON_SCREEN, Optional.empty()));
        assertThat(message()).isEqualTo("message.guide.sign");
        assertThat(presenter.state().form().consent()).isFalse();
        agree();
        act(guide::next);
        assertThat(guide.state().isAt(Guide.Step.PLACE)).isTrue();
        act(guide::back);
        act(guide::disagree);
        assertThat(presenter.state().form().consent()).isFalse();
    }

    @Test
    void theClinicsOwnTextIsShownAndOneThatCannotBeReadIsNotReplacedByAnother() throws IOException {
        Files.createDirectories(sessions());
        Path own = Files.writeString(sessions().resolve("consent_es.txt"), "Versión: 7\nTexto del centro.\n");
        begin();
        act(() -> guide.speak(Texts.of(Locale.forLanguageTag("es-PE"))));
        who("P-1");
        await(() -> guide.state().text().isPresent());
        assertThat(guide.state().text().orElseThrow().words()).contains("Texto del centro");
        Files.write(own, new byte[] {(byte) 0xFF, 0x41});
        act(guide::readText);
        await(() -> guide.state().text().isEmpty());
        await(() -> message().equals("message.guide.noText"));
        act(() -> guide.agree(false, Signed.NO, Optional.empty()));
        assertThat(presenter.state().form().consent()).isFalse();
        Files.delete(own);
        act(guide::editText);
        await(() -> message().equals("message.guide.textFile"));
        assertThat(Files.readString(own)).startsWith("Versión: Emotion4J 1");
        assertThat(machine.browsed()).contains(own);
    }

    @Test
    void whatIsPrintedHasTheTextAndWhoseItIsAndIsNotAmongTheSessions() throws IOException {
        begin();
        who("P-1");
        await(() -> guide.state().text().isPresent());
        act(guide::print);
        await(() -> !machine.browsed().isEmpty());
        Path page = machine.browsed().get(0);
        assertThat(Files.readString(page)).contains("Consent to a recording", "P-1", "follow-up", "Date and signature");
        assertThat(page.startsWith(folder)).isFalse();
    }

    @Test
    void consentThatCannotBeKeptOnTheDiskDoesNotCount() throws IOException {
        Files.createDirectories(sessions());
        Files.writeString(sessions().resolve(ConsentShelf.KEPT), "a file where the folder should be");
        begin();
        who("P-1");
        await(() -> guide.state().text().isPresent());
        act(() -> guide.agree(false, Signed.ON_PAPER, Optional.empty()));
        await(() -> message().equals("message.guide.notKept"));
        assertThat(presenter.state().form().consent()).isFalse();
    }

    @Test
    void aDiskThatIsFullForTheSignatureBeginsNoSessionAndLosesNothing() throws IOException {
        machine.withoutRoomForSignatures(true);
        begin();
        throughConsent(Optional.of(SIGNED));
        act(guide::rest);
        await(() -> message().equals("message.cannotRecord"));
        assertThat(presenter.state().phase()).isEqualTo(Phase.READY);
        assertThat(SessionArchive.of(sessions()).sessions()).isEmpty();
        assertThat(presenter.state().form().person().agreement().orElseThrow().signature())
                .contains(SIGNED);
        machine.withoutRoomForSignatures(false);
        act(guide::skipRest);
        await(() -> presenter.state().phase() == Phase.RUNNING);
        assertThat(SessionSignature.read(stop())).contains(SIGNED);
    }

    @Test
    void aKnownPersonIsNotAskedAboutAndATypedPseudonymIs() throws IOException {
        begin();
        throughConsent(Optional.empty());
        act(guide::skipRest);
        await(() -> presenter.state().phase() == Phase.RUNNING);
        assertThat(guide.state().step()).isEmpty();
        stop();
        act(guide::open);
        await(() -> guide.state().known().equals(List.of("P-1")));
        assertThat(presenter.state().form().subject()).isEmpty();
        await(() -> presenter.state().phase() == Phase.READY);
        throughConsent(Optional.empty());
        act(guide::rest);
        await(() -> message().equals("message.ask.samePerson"));
        act(() -> presenter.decline(Message.Action.SAME_PERSON));
        assertThat(guide.state().isAt(Guide.Step.WHO)).isTrue();
        act(() -> guide.pick("P-1"));
        throughConsentOf("P-1", Optional.empty());
        act(guide::rest);
        await(() -> guide.state().rest() == Guide.Rest.RUNNING);
        act(presenter::pauseOrResume);
        await(() -> guide.state().rest() == Guide.Rest.BROKEN_OFF);
        act(presenter::pauseOrResume);
        await(() -> presenter.state().phase() == Phase.RUNNING);
        act(guide::rest);
        await(() -> guide.state().rest() == Guide.Rest.RUNNING);
        SessionInfo info = SessionReader.readInfo(stop());
        assertThat(RestStretch.of(info.markers())).as("none was long enough").isEmpty();
        assertThat(guide.state().step()).isEmpty();
    }

    @Test
    void twoPeopleWhoBothAgreedHaveARecordEachAndErasingOneLeavesTheOther() throws IOException {
        machine.withCamera(choice -> SampleFilm.cameraOnTwo(Duration.ofMinutes(10)));
        act(() -> presenter.addListener(guide::heard));
        act(presenter::openCamera);
        await(() -> presenter.state().phase() == Phase.READY);
        act(guide::open);
        act(() -> guide.withCompanion(true));
        who("P-1");
        assertThat(guide.state().missing()).containsExactly(SessionForm.Field.COMPANION);
        act(() -> guide.nameCompanion("T-1"));
        act(guide::next);
        await(() -> guide.state().text().isPresent());
        agree();
        act(guide::next);
        assertThat(guide.state().isAt(Guide.Step.COMPANION_CONSENT)).isTrue();
        assertThat(guide.asked().subject()).isEqualTo("T-1");
        act(() -> guide.agree(false, Signed.ON_PAPER, Optional.empty()));
        await(() -> presenter.state().form().companion().orElseThrow().isReady());
        act(guide::next);
        await(() -> view.people().size() == 2);
        assertThat(view.otherPerson()).as("nobody has said whose is whose").isEmpty();
        int right = rightOne();
        act(() -> guide.choose(right));
        await(() -> view.otherPerson().isPresent());
        int left = view.otherPerson().getAsInt();
        act(guide::next);
        act(guide::skipRest);
        await(() -> presenter.state().phase() == Phase.RUNNING);
        await(() -> view.now() > 2_000_000_000L);
        act(() -> guide.choose(left));
        assertThat(message()).isEqualTo("message.otherPerson");
        await(() -> !view.companion().track().curve().bins().isEmpty());
        Path own = stop();
        Path other = SessionArchive.companion(own, Optional.empty()).orElseThrow();
        assertThat(presenter.state().stored().orElseThrow().folders()).containsExactly(own, other);

        assertThat(subject(own)).isEqualTo("P-1");
        assertThat(subject(other)).isEqualTo("T-1");
        assertThat(agreedOnPaper(other)).isTrue();
        assertThat(agreedOnPaper(own)).isFalse();
        List<RecordedFrame> ownFrames = frames(own);
        List<RecordedFrame> otherFrames = frames(other);
        assertThat(ownFrames).hasSameSizeAs(otherFrames).isNotEmpty();
        assertThat(ownFrames).allMatch(frame -> middle(frame) > SampleFilm.WIDTH / 2.0);
        assertThat(otherFrames).allMatch(frame -> middle(frame) < SampleFilm.WIDTH / 2.0);
        assertThat(presenter.state().outcome().orElseThrow().smiles()).isPresent();
        assertThat(ReviewedSession.read(own, Optional.empty(), share -> {})
                        .companion()
                        .orElseThrow()
                        .info()
                        .metadata()
                        .subjectId())
                .contains("T-1");

        SessionArchive.erase(own);
        assertThat(frames(other)).hasSameSizeAs(otherFrames);
        assertThat(ReviewedSession.read(other, Optional.empty(), share -> {}).companion())
                .isEmpty();
        try (Stream<Path> files = Files.list(other)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContain("P-1");
            }
        }
    }

    @Test
    void twoAreNotRecordedWhileOneIsInSight() throws IOException {
        begin();
        act(() -> {
            guide.withCompanion(true);
            guide.nameCompanion("T-1");
        });
        who("P-1");
        await(() -> guide.state().text().isPresent());
        agree();
        act(guide::next);
        act(() -> guide.agree(false, Signed.NO, Optional.empty()));
        await(() -> presenter.state().form().companion().orElseThrow().isReady());
        act(presenter::start);
        assertThat(message()).isEqualTo("message.ask.two");
        assertThat(presenter.state().phase()).isEqualTo(Phase.READY);
        assertThat(SessionArchive.of(sessions()).sessions()).isEmpty();
    }

    @Test
    void twoWindowsOnOneFolderRecordBesideEachOther() throws Exception {
        begin();
        throughConsent(Optional.of(SIGNED));
        LiveView secondView = new LiveView(new SetupGuide());
        SessionPresenter second =
                new SessionPresenter(machine, sessions(), secondView, ui, SessionForm.blank("haar", "brightness"));
        act(() -> {
            second.begin();
            second.open(SourceChoice.of(film));
            second.fill(second.state()
                    .form()
                    .withRecord(true)
                    .withSubject("P-2")
                    .withPurpose("x")
                    .withConsent(Optional.of(Agreement.ticked(machine.clock().instant()))));
        });
        await(() -> second.state().phase() == Phase.READY);
        act(guide::skipRest);
        await(() -> presenter.state().phase() == Phase.RUNNING);
        act(second::start);
        await(() -> second.state().phase() == Phase.RUNNING);
        await(() -> view.now() > 1_000_000_000L && secondView.now() > 1_000_000_000L);
        Path first = stop();
        act(second::stop);
        await(() -> second.state().phase().hasEnded());
        Path other = second.state().outcome().orElseThrow().folder().orElseThrow();
        assertThat(frames(first)).isNotEmpty();
        assertThat(frames(other)).isNotEmpty();
        assertThat(subject(first)).isEqualTo("P-1");
        assertThat(subject(other)).isEqualTo("P-2");
        act(second::close);
    }

    @Test
    void aRecordFromANewerVersionIsSaidToBeAndStaysAsItIs() throws IOException {
        begin();
        throughConsent(Optional.empty());
        act(guide::skipRest);
        await(() -> presenter.state().phase() == Phase.RUNNING);
        await(() -> view.now() > 500_000_000L);
        Path session = stop();
        Path json = session.resolve("session.json");
        String newer = Files.readString(json).replace("\"formatVersion\": 1", "\"formatVersion\": 2");
        Files.writeString(json, newer);
        ReviewPresenter reviews = new ReviewPresenter(machine, ui);
        act(() -> reviews.open(session));
        await(() -> reviews.state().message().isPresent());
        Message said = reviews.state().message().orElseThrow();
        assertThat(said.key()).isEqualTo("message.review.cannotOpen");
        assertThat(said.detail().orElseThrow()).contains("use a newer Emotion4J");
        assertThat(Files.readString(json)).isEqualTo(newer);
        act(guide::open);
        await(() -> presenter.state().phase() == Phase.READY);
        assertThat(guide.state().known()).as("its pseudonym cannot be read").isEmpty();
        assertThat(guide.state().isAt(Guide.Step.WHO)).isTrue();
        act(reviews::close);
    }

    @Test
    void everyLanguagesRestIsKnownAsOne() {
        for (Locale language : Texts.LANGUAGES) {
            assertThat(RestStretch.NAMES).contains(Texts.of(language).get("guide.mark.rest"));
        }
    }

    private void begin() {
        act(presenter::begin);
        act(() -> presenter.open(SourceChoice.of(film)));
        await(() -> presenter.state().phase() == Phase.READY);
        act(guide::open);
        act(() -> presenter.addListener(guide::heard));
    }

    private void throughConsent(Optional<SessionSignature> signature) {
        act(() -> guide.name("P-1"));
        throughConsentOf("P-1", signature);
    }

    private void throughConsentOf(String subject, Optional<SessionSignature> signature) {
        who(subject);
        await(() -> guide.state().text().isPresent());
        act(() -> guide.agree(false, signature.isPresent() ? Signed.ON_SCREEN : Signed.NO, signature));
        await(() -> presenter.state().form().consent());
        act(guide::next);
        act(guide::next);
        assertThat(guide.state().isAt(Guide.Step.REST)).isTrue();
    }

    private void who(String subject) {
        act(() -> {
            if (!presenter.state().form().subject().equals(subject)) {
                guide.name(subject);
            }
            presenter.fill(presenter.state().form().withPurpose("follow-up"));
            guide.next();
        });
    }

    private void agree() {
        act(() -> guide.agree(false, Signed.NO, Optional.empty()));
        await(() -> presenter.state().form().consent());
    }

    private int rightOne() {
        return view.people().stream()
                .filter(reading -> reading.face().box().centerX() > SampleFilm.WIDTH / 2.0)
                .findFirst()
                .orElseThrow()
                .faceId();
    }

    private Path stop() {
        act(presenter::stop);
        await(() -> presenter.state().outcome().isPresent());
        return presenter.state().outcome().orElseThrow().folder().orElseThrow();
    }

    private List<String> keptTexts() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(sessions().resolve(ConsentShelf.KEPT))) {
            for (Path file : files.toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static boolean agreedOnPaper(Path session) throws IOException {
        return SessionReader.readInfo(session)
                .metadata()
                .consent()
                .flatMap(Consent::text)
                .filter(text -> text.signed() == Signed.ON_PAPER)
                .isPresent();
    }

    private static String subject(Path session) throws IOException {
        return SessionReader.readInfo(session).metadata().subjectId().orElseThrow();
    }

    private static List<RecordedFrame> frames(Path session) throws IOException {
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(session)) {
            reader.forEachRemaining(frames::add);
        }
        return frames;
    }

    private static double middle(RecordedFrame frame) {
        assertThat(frame.readings()).hasSizeLessThanOrEqualTo(1);
        return frame.readings().get(0).face().box().centerX();
    }

    private String message() {
        return presenter.state().message().map(Message::key).orElse("");
    }

    private void act(Runnable action) {
        CompletableFuture.runAsync(action, ui).join();
    }

    private void await(BooleanSupplier condition) {
        Threads.await(condition, () -> guide.state() + " " + presenter.state());
    }
}
