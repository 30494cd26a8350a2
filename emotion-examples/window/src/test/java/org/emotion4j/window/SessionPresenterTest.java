package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.testkit.MisbehavingFrameSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the window does, without a window: real films, real detector, real records. */
@Timeout(600)
@Tag("native")
final class SessionPresenterTest {
    @TempDir
    static Path films;

    private static Path film;

    @TempDir
    Path folder;

    private final ExecutorService ui = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-ui"));
    private final LiveView view = new LiveView(new SetupGuide());
    private SessionPresenter presenter;

    @BeforeAll
    static void shoot() throws IOException {
        film = SampleFilm.write(films.resolve("film.avi"), Duration.ofSeconds(4));
    }

    @AfterEach
    void close() throws InterruptedException {
        if (presenter != null) {
            CountDownLatch closed = new CountDownLatch(1);
            ui.execute(() -> presenter.close(closed::countDown));
            assertThat(closed.await(300, TimeUnit.SECONDS)).isTrue();
        }
        ui.shutdown();
    }

    @Test
    void aFileShowsItsFirstPictureAndWaits() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        assertThat(view.pictures().latest().width()).isEqualTo(SampleFilm.WIDTH);
        assertThat(view.focus()).isPresent();
        assertThat(view.hints()).isEmpty();
        assertThat(view.track().totals().frames()).isZero();
    }

    @Test
    void aRecordedSessionHasItsConsentItsMarkersAndItsReport() throws IOException {
        TestMachine machine = new TestMachine().withFilm(choice -> SampleFilm.endless());
        begin(machine);
        open(film);
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(Phase.RUNNING);
        assertThat(state().recording()).isEqualTo(Presentation.Recording.ON);
        await(() -> view.now() > 500_000_000L);
        act(() -> presenter.mark("  exposure begins "));
        await(() -> view.markers().size() == 1);
        act(() -> presenter.stop());
        await(Phase.STOPPED);

        SessionOutcome outcome = state().outcome().orElseThrow();
        assertThat(outcome.frames()).isPositive();
        assertThat(outcome.markers()).isEqualTo(1);
        Path session = outcome.folder().orElseThrow();
        SessionInfo info = SessionReader.readInfo(session);
        assertThat(info.end()).contains(SessionEnd.STOPPED);
        assertThat(info.state()).as("the film went on").isEqualTo(SessionState.STOPPED);
        assertThat(info.metadata().subjectId()).contains("P-1");
        assertThat(info.metadata().consent().orElseThrow().purpose()).isEqualTo("follow-up");
        assertThat(info.markers()).extracting(SessionMarker::text).containsExactly("exposure begins");

        act(() -> presenter.afterwards().speak(Locale.forLanguageTag("es")));
        act(() -> presenter.afterwards().openReport());
        await(() -> !machine.browsed().isEmpty());
        assertThat(machine.browsed()).containsExactly(session.resolve(RecordKeeper.REPORT));
        assertThat(Files.readString(machine.browsed().get(0)))
                .contains("exposure begins", "<html lang=\"es\">", "Sesión de P-1");
    }

    @Test
    void markersAreOnKeysAndAreThereTheNextTime() {
        begin(new TestMachine().withFilm(choice -> SampleFilm.endless()));
        open(film);
        await(Phase.READY);
        act(() -> presenter.keepPresets(MarkerPresets.of("rest\n\n  about the mother  ")));
        act(() -> presenter.markPreset(1));
        act(() -> presenter.start());
        await(Phase.RUNNING);
        act(() -> presenter.markPreset(2));
        act(() -> presenter.markPreset(3));
        await(() -> view.markers().size() == 1);
        assertThat(view.markers().get(0).text()).isEqualTo("about the mother");
        act(() -> presenter.stop());
        await(Phase.STOPPED);
        SessionPresenter next = new SessionPresenter(
                new TestMachine(),
                sessions(),
                new LiveView(new SetupGuide()),
                ui,
                SessionForm.blank("haar", "brightness"));
        act(next::begin);
        await(() -> next.presets().texts().equals(List.of("rest", "about the mother")));
        act(next::close);
    }

    @Test
    void thatTheTimeIsUpIsSaidOnceAndTheSessionGoesOn() {
        begin(new TestMachine().withFilm(choice -> SampleFilm.endless()));
        open(film);
        await(Phase.READY);
        act(() -> presenter.plan(Optional.of(Duration.ofMillis(500))));
        act(() -> presenter.tick());
        assertThat(state().message()).as("before it has begun").isEmpty();
        fillIn();
        act(() -> presenter.start());
        await(() -> view.now() > 500_000_000L);
        act(() -> presenter.tick());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.timeUp");
        assertThat(state().message().orElseThrow().action()).isEqualTo(Message.Action.STOP);
        act(() -> presenter.dismiss());
        act(() -> presenter.tick());
        assertThat(state().message()).isEmpty();
        act(() -> presenter.act(Message.Action.STOP));
        await(Phase.STOPPED);
    }

    @Test
    void withoutRecordingNothingIsStored() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        act(() -> presenter.start());
        await(Phase.STOPPED);
        SessionOutcome outcome = state().outcome().orElseThrow();
        assertThat(outcome.frames()).isPositive();
        assertThat(outcome.withFace()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(outcome.folder()).isEmpty();
        assertThat(sessions()).doesNotExist();
    }

    @Test
    void recordingNeedsPseudonymConsentAndPurpose() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        act(() -> presenter.fill(state().form().withRecord(true).withSubject("Ana María")));
        act(() -> presenter.start());
        await(() -> state().message().isPresent());
        assertThat(state().phase()).isEqualTo(Phase.READY);
        assertThat(state().missing())
                .containsExactlyInAnyOrder(
                        SessionForm.Field.SUBJECT, SessionForm.Field.CONSENT, SessionForm.Field.PURPOSE);
        fillIn();
        assertThat(state().missing()).isEmpty();
        assertThat(sessions()).doesNotExist();
    }

    @Test
    void consentIsOfTheMomentAtWhichItWasGivenAndNotOfTheStart() throws IOException {
        Instant agreed = Instant.parse("2026-03-02T09:00:00Z");
        TestMachine machine = new TestMachine().withClock(Clock.fixed(agreed, ZoneOffset.UTC));
        begin(machine);
        open(film);
        await(Phase.READY);
        fillIn();
        machine.withClock(Clock.fixed(agreed.plus(Duration.ofDays(1)), ZoneOffset.UTC));
        Path session = record();
        Consent consent = SessionReader.readInfo(session).metadata().consent().orElseThrow();
        assertThat(consent.agreedAt()).isEqualTo(agreed);
        assertThat(consent.keepUntil()).isEqualTo(LocalDate.of(2027, 3, 3));
    }

    @Test
    void aNewSessionBeginsWithoutPseudonymAndConsent() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        fillIn();
        record();
        act(() -> presenter.again());
        await(Phase.READY);
        assertThat(state().form().subject()).isEmpty();
        assertThat(state().form().consent()).isFalse();
        act(() -> presenter.start());
        assertThat(state().phase()).isEqualTo(Phase.READY);
        assertThat(state().missing()).contains(SessionForm.Field.SUBJECT, SessionForm.Field.CONSENT);
    }

    @Test
    void consentToAnUnrecordedSessionIsNoConsentToTheNext() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        fillIn();
        act(() -> presenter.fill(state().form().withRecord(false)));
        act(() -> presenter.start());
        await(Phase.RUNNING);
        act(() -> presenter.stop());
        await(Phase.STOPPED);
        act(() -> presenter.again());
        assertThat(state().form().consent()).isFalse();
    }

    @Test
    void anotherSourceBeginsWithoutPseudonymAndConsent() throws IOException {
        Path other = Files.copy(film, folder.resolve("other.avi"));
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        fillIn();
        open(other);
        assertThat(state().form().subject()).isEmpty();
        assertThat(state().form().consent()).isFalse();
    }

    @Test
    void whatIsFilledInBeforeTheFirstSourceAndBeforeOtherModelsStays() {
        begin(new TestMachine());
        fillIn();
        open(film);
        await(Phase.READY);
        act(() -> presenter.fill(state().form().withStages("lbp", "brightness")));
        await(Phase.READY);
        assertThat(state().form().subject()).isEqualTo("P-1");
        assertThat(state().form().consent()).isTrue();
    }

    @Test
    void aPseudonymThatWasRecordedBeforeIsAskedAbout() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        fillIn();
        record();
        act(() -> presenter.again());
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(() -> said("message.ask.samePerson"));
        assertThat(state().phase()).isEqualTo(Phase.READY);
        assertThat(recordings()).hasSize(1);
        act(() -> presenter.decline(Message.Action.SAME_PERSON));
        assertThat(state().form().subject()).isEmpty();
        assertThat(state().form().consent()).isFalse();
        fillIn();
        act(() -> presenter.start());
        await(() -> said("message.ask.samePerson"));
        act(() -> presenter.act(Message.Action.SAME_PERSON));
        await(Phase.RUNNING);
        assertThat(recordings()).hasSize(2);
    }

    @Test
    void anotherPseudonymWithdrawsTheQuestionAboutTheOneBefore() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        fillIn();
        record();
        act(() -> presenter.again());
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(() -> said("message.ask.samePerson"));
        act(() -> presenter.fill(state().form().withSubject("P-2")));
        assertThat(state().message()).isEmpty();
        assertThat(state().form().consent()).isFalse();
    }

    @Test
    void afterARecordingItIsSaidWhereItIsAndUntilWhenAndItIsErasedWhenThatIsAskedForTwice() {
        TestMachine machine = new TestMachine();
        begin(machine);
        open(film);
        await(Phase.READY);
        fillIn();
        Path session = record();
        Presentation.Stored stored = state().stored().orElseThrow();
        assertThat(stored.folder()).isEqualTo(session);
        assertThat(stored.until()).isAfter(LocalDate.now().plusDays(300));
        act(() -> presenter.afterwards().showFolder());
        await(() -> machine.browsed().contains(session));

        act(() -> presenter.afterwards().erase());
        assertThat(said("message.ask.erase")).isTrue();
        act(() -> presenter.act(Message.Action.ERASE));
        assertThat(said("message.ask.eraseForGood")).isTrue();
        assertThat(session).isDirectory();
        act(() -> presenter.decline(Message.Action.ERASE_FOR_GOOD));
        assertThat(session).isDirectory();

        act(() -> presenter.afterwards().erase());
        act(() -> presenter.act(Message.Action.ERASE));
        act(() -> presenter.act(Message.Action.ERASE_FOR_GOOD));
        await(() -> said("message.erased"));
        assertThat(session).doesNotExist();
        assertThat(state().stored()).isEmpty();
        assertThat(state().outcome().orElseThrow().erased()).isTrue();
    }

    @Test
    void whileItIsRecordedASessionEndsByNoKeyUnasked() {
        begin(new TestMachine().withCamera(choice -> SampleFilm.camera(Duration.ofMinutes(5))));
        CountDownLatch quit = new CountDownLatch(1);
        act(() -> presenter.onQuit(quit::countDown));
        act(() -> presenter.openCamera());
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(Phase.RUNNING);
        act(() -> presenter.askToQuit());
        assertThat(said("message.ask.quit")).isTrue();
        assertThat(quit.getCount()).isEqualTo(1);
        act(() -> presenter.decline(Message.Action.QUIT));
        act(() -> presenter.askToStop());
        assertThat(said("message.ask.stop")).isTrue();
        assertThat(state().phase()).isEqualTo(Phase.RUNNING);
        act(() -> presenter.askToQuit());
        act(() -> presenter.act(Message.Action.QUIT));
        assertThat(quit.getCount()).isZero();
    }

    @Test
    void anotherSourceInARecordedSessionIsOpenedWhenTheRecordIsEnded() throws IOException {
        begin(new TestMachine().withCamera(choice -> SampleFilm.camera(Duration.ofMinutes(5))));
        act(() -> presenter.openCamera());
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(Phase.RUNNING);
        Path session = state().stored().orElseThrow().folder();
        open(film);
        assertThat(said("message.ask.openRecording")).isTrue();
        assertThat(state().phase()).isEqualTo(Phase.RUNNING);
        act(() -> presenter.act(Message.Action.OPEN));
        await(Phase.READY);
        assertThat(state().source()).contains(SourceChoice.of(film));
        assertThat(SessionReader.readInfo(session).state()).isNotEqualTo(SessionState.RECORDING);
        assertThat(state().form().consent()).isFalse();
        assertThat(said("message.stored")).isTrue();
    }

    @Test
    void picturesOfAFolderAreShownEachWithItsOwnResultAndTheLastOneCounts() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 1; i <= 3; i++) {
            BufferedImage portrait = SampleFilm.portraits(i).get(0);
            BufferedImage picture = new BufferedImage(300 + 40 * i, 320, BufferedImage.TYPE_3BYTE_BGR);
            picture.createGraphics().drawImage(portrait, 20, 20, 280, 280, null);
            ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
        }
        begin(new TestMachine());
        List<String> shown = Collections.synchronizedList(new ArrayList<>());
        view.onPicture(() -> view.pictured()
                .ifPresent(result ->
                        shown.add(Path.of(result.origin()).getFileName() + " of " + result.width() + " columns")));
        open(pictures);
        await(Phase.READY);
        act(() -> presenter.start());
        await(Phase.STOPPED);
        await(() -> shown.stream().distinct().count() == 3);
        assertThat(shown.stream().distinct())
                .containsExactly("1.png of 340 columns", "2.png of 380 columns", "3.png of 420 columns");
        SessionOutcome outcome = state().outcome().orElseThrow();
        assertThat(outcome.isPictures()).isTrue();
        assertThat(outcome.framesWithFace()).isEqualTo(3);
        assertThat(Emotion.all().stream().mapToDouble(outcome::share).sum() + outcome.noClearShare())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void onePictureAloneIsAllThatWasShown() throws IOException {
        Path picture = folder.resolve("alone.png");
        ImageIO.write(SampleFilm.picture(SampleFilm.portraits(1), 0), "png", picture.toFile());
        begin(new TestMachine());
        open(picture);
        await(Phase.READY);
        act(() -> presenter.start());
        await(Phase.STOPPED);
        SessionOutcome outcome = state().outcome().orElseThrow();
        assertThat(outcome.framesWithFace()).isEqualTo(1);
        assertThat(outcome.leaders()).hasSize(1);
        assertThat(outcome.share(outcome.leaders().get(0))).isEqualTo(1);
    }

    @Test
    void withTwoPeopleInSightItIsAskedWhomToRecordAndOnlyThatFaceIsStored() throws IOException {
        begin(new TestMachine().withCamera(choice -> SampleFilm.cameraOnTwo(Duration.ofMinutes(5))));
        act(() -> presenter.openCamera());
        await(Phase.READY);
        await(() -> view.people().size() == 2);
        assertThat(view.isToChoose()).isTrue();
        fillIn();
        act(() -> presenter.start());
        assertThat(said("message.ask.whom")).isTrue();
        assertThat(state().phase()).isEqualTo(Phase.READY);
        int smaller = chooseSmaller();
        assertThat(state().message()).isEmpty();
        await(() -> view.focus().filter(face -> face.faceId() == smaller).isPresent());
        assertOnlyTheFaceAtTheRightIsStored(record());
    }

    @Test
    void theFaceThatWasChosenInTheFirstPictureOfAFilmIsTheOneThatIsStored() throws IOException {
        Path pair = SampleFilm.writePair(folder.resolve("pair.avi"), Duration.ofSeconds(4));
        begin(new TestMachine());
        open(pair);
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        assertThat(said("message.ask.whom")).isTrue();
        chooseSmaller();
        assertOnlyTheFaceAtTheRightIsStored(record());
    }

    @Test
    void theLargestFaceIsTakenWhereThatWasChosen() throws IOException {
        Path pair = SampleFilm.writePair(folder.resolve("pair.avi"), Duration.ofSeconds(4));
        begin(new TestMachine());
        open(pair);
        await(Phase.READY);
        act(() -> presenter.choose(LiveView.LARGEST_CHOSEN));
        assertThat(view.isToChoose()).isFalse();
        act(() -> presenter.start());
        await(Phase.RUNNING);
        await(() -> view.now() > 0);
        assertThat(view.focus().orElseThrow().face().box().centerX()).isLessThan(SampleFilm.WIDTH / 2.0);
    }

    private int chooseSmaller() {
        int smaller = view.people().get(1).faceId();
        act(() -> presenter.choose(smaller));
        return smaller;
    }

    private static void assertOnlyTheFaceAtTheRightIsStored(Path session) throws IOException {
        try (SessionReader reader = SessionReader.open(session)) {
            List<EmotionReading> stored = new ArrayList<>();
            reader.forEachRemaining(frame -> stored.addAll(frame.readings()));
            assertThat(stored)
                    .isNotEmpty()
                    .allMatch(reading -> reading.face().box().centerX() > SampleFilm.WIDTH / 2.0);
        }
    }

    @Test
    void thatASessionIsGoingOnIsNotSaidAnyLongerOnceItHasEnded() {
        begin(new TestMachine().withFilm(choice -> SampleFilm.endless()));
        open(film);
        await(Phase.READY);
        act(() -> presenter.start());
        await(Phase.RUNNING);
        act(() -> presenter.refuseReview());
        assertThat(said("message.review.goingOn")).isTrue();
        act(() -> presenter.stop());
        await(Phase.STOPPED);
        await(() -> state().message().isEmpty());
    }

    @Test
    void aPausedFilmStandsStillAndGoesOn() {
        begin(new TestMachine().withFilm(choice -> SampleFilm.endless()));
        open(film);
        await(Phase.READY);
        act(() -> presenter.start());
        await(Phase.RUNNING);
        await(() -> view.now() > 0);
        act(() -> presenter.pauseOrResume());
        assertThat(state().phase()).isEqualTo(Phase.PAUSED);
        long paused = view.now();
        act(() -> presenter.pauseOrResume());
        assertThat(state().phase()).isEqualTo(Phase.RUNNING);
        await(() -> view.now() > paused + 500_000_000L);
        act(() -> presenter.stop());
        await(Phase.STOPPED);
    }

    @Test
    void aCameraIsSetUpBeforeItsSessionBegins() throws IOException {
        begin(new TestMachine().withCamera(choice -> SampleFilm.camera(Duration.ofMinutes(5))));
        act(() -> presenter.openCamera());
        await(Phase.READY);
        await(() -> view.shown() > 10 && view.latest().isPresent());
        assertThat(view.track().totals().frames()).isZero();
        fillIn();
        act(() -> presenter.start());
        await(Phase.RUNNING);
        await(() -> view.now() > 1_000_000_000L);
        act(() -> presenter.stop());
        await(Phase.STOPPED);
        Path session = state().outcome().flatMap(SessionOutcome::folder).orElseThrow();
        try (SessionReader reader = SessionReader.open(session)) {
            assertThat(reader.next().orElseThrow().mediaNanos()).isLessThan(1_000_000_000L);
        }
        assertThat(SessionReader.readInfo(session).metadata().stages())
                .extracting(stage -> stage.name())
                .contains("csv")
                .doesNotContain("not recording");
    }

    @Test
    void saysThatThereIsNoCamera() {
        begin(new TestMachine());
        act(() -> presenter.openCamera());
        await(() -> said("message.noCamera"));
        assertThat(state().phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void saysThatAFileIsBroken() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.mp4"), "this is no film");
        begin(new TestMachine());
        open(broken);
        await(Phase.FAILED);
        assertThat(said("message.fileDoesNotOpen")).isTrue();
        assertThat(state().message().orElseThrow().values()).containsExactly("broken.mp4");
        open(film);
        await(Phase.READY);
        assertThat(state().message()).isEmpty();
    }

    @Test
    void tellsAFolderWithoutPicturesFromOneThatIsNotThere() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        begin(new TestMachine());
        open(empty);
        await(Phase.FAILED);
        assertThat(said("message.noPictures")).isTrue();
        open(folder.resolve("missing"));
        await(() -> said("message.noSuchFile"));
    }

    @Test
    void aFilmThatIsCutOffEndsWithWhatThereWas() throws IOException {
        byte[] whole = Files.readAllBytes(film);
        Path cut = folder.resolve("cut.avi");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        begin(new TestMachine());
        open(cut);
        await(Phase.READY);
        act(() -> presenter.start());
        await(() -> state().phase().hasEnded());
        assertThat(state().outcome().orElseThrow().frames()).isPositive();
    }

    @Test
    void aCameraThatIsLostEndsTheSessionAndKeepsItsRecord() throws IOException {
        UnpluggableCamera camera = new UnpluggableCamera();
        begin(new TestMachine().withCamera(camera));
        act(() -> presenter.openCamera());
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(Phase.RUNNING);
        await(() -> presenter.view().pictured().isPresent());
        camera.unplug();
        await(Phase.FAILED);
        assertThat(said("message.cameraLost")).isTrue();
        assertThat(presenter.view().pictured())
                .as("readings of the last picture, shown as if they were of now")
                .isEmpty();
        assertThat(camera.opened()).isEqualTo(3);
        Path session = state().outcome().flatMap(SessionOutcome::folder).orElseThrow();
        assertThat(SessionReader.readInfo(session).end()).contains(SessionEnd.SOURCE_FAILED);
    }

    @Test
    void aFullDiskEndsTheRecordAndNotTheSession() throws IOException {
        begin(new TestMachine().withRoomFor(6_000).withCamera(choice -> SampleFilm.camera(Duration.ofHours(1))));
        act(() -> presenter.openCamera());
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(() -> said("message.recordingStopped"));
        assertThat(state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(state().recording()).isEqualTo(Presentation.Recording.FAILED);
        act(() -> presenter.stop());
        await(() -> state().phase().hasEnded());
        Path session = state().outcome().flatMap(SessionOutcome::folder).orElseThrow();
        assertThat(SessionReader.readInfo(session).state()).isEqualTo(SessionState.STOPPED);
        assertThat(state().outcome().orElseThrow().frames()).isPositive();
    }

    @Test
    void aFolderThatCannotBeWrittenKeepsTheSessionFromBeginning() throws IOException {
        Files.writeString(folder.resolve("sessions"), "a file where the folder should be");
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        fillIn();
        act(() -> presenter.start());
        await(() -> said("message.cannotRecord"));
        assertThat(state().phase()).isEqualTo(Phase.READY);
        act(() -> presenter.fill(state().form().withRecord(false)));
        act(() -> presenter.start());
        await(Phase.RUNNING);
    }

    @Test
    void offersToCompleteARecordingThatWasCutOff() throws IOException {
        Path running = folder.resolve("running");
        Consent consent = new Consent(
                Consent.PERSON_RECORDED,
                Instant.now(),
                "follow-up",
                LocalDate.now().plusDays(30));
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(running, SessionMetadata.of(consent))) {
            recorder.record(
                    new FrameResult(0, 0, Instant.now(), "", 64, 48, true, List.of(), new StageTimings(0, 0, 0, 0)));
            recorder.force();
            copyWithoutLock(running, sessions().resolve("cut-off"));
        }
        begin(new TestMachine());
        act(() -> presenter.begin());
        await(() -> said("message.unfinished"));
        act(() -> presenter.act(Message.Action.RECOVER));
        await(() -> said("message.recovered"));
        assertThat(SessionReader.readInfo(sessions().resolve("cut-off")).state())
                .isEqualTo(SessionState.RECOVERED);
    }

    @Test
    void otherModelsAreLoadedAtOnce() {
        begin(new TestMachine());
        open(film);
        await(Phase.READY);
        act(() -> presenter.fill(state().form().withStages("lbp", "brightness")));
        assertThat(state().phase()).isEqualTo(Phase.OPENING);
        await(Phase.READY);
        assertThat(view.focus()).isPresent();
    }

    @Test
    void closingFreesTheCameraAndEndsEveryThread() throws Exception {
        CompletableFuture<FrameSource> source = new CompletableFuture<>();
        begin(new TestMachine().withCamera(choice -> {
            FrameSource camera = MisbehavingFrameSource.around(SampleFilm.camera(Duration.ofMinutes(1)))
                    .live()
                    .build();
            source.complete(camera);
            return camera;
        }));
        act(() -> presenter.openCamera());
        await(Phase.READY);
        act(() -> presenter.start());
        await(Phase.RUNNING);
        SessionPresenter closing = presenter;
        presenter = null;
        CountDownLatch closed = new CountDownLatch(1);
        ui.execute(() -> closing.close(closed::countDown));
        assertThat(closed.await(300, TimeUnit.SECONDS)).isTrue();
        assertThat(((MisbehavingFrameSource) source.join()).isClosed()).isTrue();
        Threads.awaitNone("emotion4j-");
    }

    private void begin(TestMachine machine) {
        presenter = new SessionPresenter(machine, sessions(), view, ui, SessionForm.blank("haar", "brightness"));
        view.pictures().fitInto(320, 240);
    }

    private Path sessions() {
        return folder.resolve("sessions");
    }

    private void open(Path file) {
        act(() -> presenter.open(SourceChoice.of(file)));
    }

    /** Records a part of what is open and returns its folder. */
    private Path record() {
        act(() -> presenter.start());
        await(() -> state().phase().hasEnded() || state().phase() == Phase.RUNNING && view.now() > 100_000_000L);
        act(() -> presenter.stop());
        await(Phase.STOPPED);
        return state().outcome().flatMap(SessionOutcome::folder).orElseThrow();
    }

    private List<Path> recordings() {
        try (Stream<Path> found = Files.list(sessions())) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fillIn() {
        act(() -> presenter.fill(
                state().form().withRecord(true).withSubject("P-1").withPurpose("follow-up")));
        act(() -> presenter.agree(true));
    }

    private boolean said(String key) {
        return state().message().filter(message -> message.key().equals(key)).isPresent();
    }

    private Presentation state() {
        return onUi(() -> presenter.state());
    }

    private void act(Runnable action) {
        onUi(() -> {
            action.run();
            return true;
        });
    }

    /** On the presenter's thread, also from itself. */
    private <T> T onUi(Supplier<T> question) {
        return Thread.currentThread().getName().equals("test-ui")
                ? question.get()
                : CompletableFuture.supplyAsync(question, ui).join();
    }

    private void await(Phase phase) {
        await(() -> state().phase() == phase, "phase " + phase);
    }

    private void await(Supplier<Boolean> condition) {
        await(condition, "condition");
    }

    private void await(Supplier<Boolean> condition, String what) {
        Threads.await(condition::get, () -> what + " did not come; now " + state());
    }

    private static void copyWithoutLock(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            Predicate<Path> rows = file -> file.getFileName().toString().startsWith("session.");
            for (Path file : files.filter(rows).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
