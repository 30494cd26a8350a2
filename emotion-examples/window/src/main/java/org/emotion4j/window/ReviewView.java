package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.io.File;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.KeyStroke;
import javax.swing.filechooser.FileNameExtensionFilter;

/** A recorded session that is looked at afterwards: the film beside what was read, the strip below, notes at the left. */
@SuppressWarnings("serial") // components are never serialized
final class ReviewView extends JPanel {
    private final Texts texts;
    private final ReviewPresenter presenter;
    private final MessageBar messages;
    private final NotesPanel notes;
    private final MomentPanel moment;
    private final FilmView film;
    private final TimelineView timeline;
    private final TwoStrips timelines;
    private final JLabel title = Controls.heading(" ");
    private final JLabel when = new JLabel(" ");
    private final JLabel clock = new JLabel(" ");
    private final JProgressBar progress = new JProgressBar(0, 100);
    private final JButton chooseFilm;
    private Optional<ReviewedSession> shown = Optional.empty();

    ReviewView(Texts texts, ReviewPresenter presenter, Runnable back, Runnable showLabels) {
        super(new BorderLayout());
        this.texts = texts;
        this.presenter = presenter;
        messages = new MessageBar(texts, presenter);
        notes = new NotesPanel(texts, presenter, showLabels);
        moment = new MomentPanel(texts, presenter);
        film = new FilmView(texts);
        timeline = new TimelineView(
                texts,
                () -> presenter.state().session().map(ReviewedSession::strip).orElse(Strip.EMPTY));
        timeline.setName("review.timeline");
        timeline.ended(true);
        timeline.onGo(nanos -> presenter.state().session().ifPresent(session -> presenter.go(session.media(nanos))));
        TimelineView other = new TimelineView(texts, () -> presenter
                .state()
                .session()
                .flatMap(ReviewedSession::companion)
                .map(ReviewedSession::strip)
                .orElse(Strip.EMPTY));
        other.ended(true);
        other.onGo(nanos -> presenter.state().session().ifPresent(session -> presenter.go(session.media(nanos))));
        timelines = new TwoStrips(timeline, other, "review.timeline");
        chooseFilm = Controls.button(texts, "review.film", "review.film", this::chooseFilm);
        setName("review");
        add(header(back), BorderLayout.NORTH);
        add(notes, BorderLayout.WEST);
        add(middle(), BorderLayout.CENTER);
        add(moment, BorderLayout.EAST);
        add(timelines, BorderLayout.SOUTH);
        key("alt LEFT", () -> presenter.step(-1));
        key("alt RIGHT", () -> presenter.step(1));
        presenter.addListener(this::show);
        presenter.addScreen(film::show);
    }

    private void key(String stroke, Runnable action) {
        registerKeyboardAction(
                e -> action.run(), KeyStroke.getKeyStroke(stroke), JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT);
    }

    private JPanel header(Runnable back) {
        title.setName("review.title");
        title.setFont(title.getFont().deriveFont(Font.BOLD, title.getFont().getSize2D() + 3));
        when.setName("review.when");
        when.setForeground(Palette.quietInk());
        JPanel words = new JPanel(new BorderLayout(0, 2));
        words.add(title, BorderLayout.NORTH);
        words.add(when, BorderLayout.CENTER);
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, 8, 0));
        buttons.add(chooseFilm);
        buttons.add(Controls.button(texts, "review.back", "review.back", back));
        return Controls.header(words, buttons);
    }

    private JPanel middle() {
        clock.setName("review.clock");
        clock.setFont(clock.getFont().deriveFont(Font.BOLD));
        progress.setName("review.progress");
        progress.setStringPainted(true);
        Controls.describe(progress, texts.get("review.progress"));
        JPanel transport = new JPanel(new FlowLayout(FlowLayout.CENTER, 10, 6));
        transport.add(Controls.button(texts, "review.previous", "review.previous", () -> presenter.step(-1)));
        transport.add(clock);
        transport.add(Controls.button(texts, "review.next", "review.next", () -> presenter.step(1)));
        transport.add(progress);
        JPanel screen = new JPanel(new BorderLayout());
        screen.add(film, BorderLayout.CENTER);
        screen.add(transport, BorderLayout.SOUTH);
        JPanel middle = new JPanel(new BorderLayout());
        middle.add(messages, BorderLayout.NORTH);
        middle.add(screen, BorderLayout.CENTER);
        middle.setMinimumSize(new Dimension(200, 200));
        return middle;
    }

    private void show(Review state) {
        messages.show(state.message());
        progress.setVisible(state.opening().isPresent());
        progress.setValue((int) Math.round(100 * state.progress()));
        title.setText(title(state));
        when.setText(state.session().map(this::describe).orElse(" "));
        when.setToolTipText(state.session()
                .map(session -> session.folder().toAbsolutePath().toString())
                .orElse(null));
        Optional<ReviewedSession> session =
                state.session().filter(each -> !each.frames().isEmpty());
        Optional<FrameTable.Moment> now = session.map(each -> each.frames().moment(state.frame()));
        clock.setText(session.map(each ->
                        texts.get("review.clock", texts.place(each.onStrip(state.nanos())), texts.place(each.length())))
                .orElse(" "));
        chooseFilm.setVisible(session.filter(ReviewedSession::isFilm).isPresent());
        film.tell(now, filmWords(state));
        notes.show(state);
        moment.show(state, now);
        timelines.name(
                pseudonym(state.session()),
                state.session().flatMap(ReviewedSession::companion).map(other -> pseudonym(Optional.of(other))));
        timelines.refresh();
        timelines.position(session.map(each -> OptionalLong.of(each.onStrip(state.nanos())))
                .orElse(OptionalLong.empty()));
        if (state.session().isPresent() && shown.isEmpty()) {
            timeline.requestFocusInWindow();
        }
        shown = state.session();
    }

    private String title(Review state) {
        if (state.opening().isPresent()) {
            return texts.get("review.opening", state.opening().get().getFileName());
        }
        return state.session()
                .map(each -> each.info().metadata().subjectId().orElse(texts.get("review.noPseudonym")))
                .orElse(texts.get("review.nothing"));
    }

    private String pseudonym(Optional<ReviewedSession> session) {
        return session.flatMap(each -> each.info().metadata().subjectId()).orElse(texts.get("review.noPseudonym"));
    }

    private String describe(ReviewedSession session) {
        String relative = session.rest()
                .map(rest ->
                        " · " + texts.get("review.rest", texts.place(rest.fromNanos()), texts.place(rest.toNanos())))
                .orElse("");
        return texts.get(
                        "review.when",
                        session.info()
                                .started()
                                .map(started -> texts.moment(started, ZoneId.systemDefault()))
                                .orElse("–"),
                        texts.place(session.length()),
                        texts.get("state." + session.info().state().name().toLowerCase(Locale.ROOT)),
                        session.folder().getFileName())
                + relative;
    }

    /** What is to be said of the film; nothing where it is as it should be. */
    private String filmWords(Review state) {
        if (state.opening().isPresent() || state.session().isEmpty()) {
            return "";
        }
        String name = state.film().map(Path::getFileName).map(Path::toString).orElse("");
        return switch (state.filmState()) {
            case THERE -> "";
            case NONE -> texts.get("review.film.none");
            case GONE ->
                texts.get("review.film.gone", state.film().map(Path::toString).orElse(""));
            case BROKEN -> texts.get("review.film.broken", name);
            case OTHER -> texts.get("review.film.other", name);
            case SHORTER -> texts.get("review.film.shorter", name);
        };
    }

    /** Asks where the film is now. */
    private void chooseFilm() {
        JFileChooser chooser = new JFileChooser();
        chooser.setDialogTitle(texts.get("review.film.chooser"));
        chooser.setFileFilter(new FileNameExtensionFilter(texts.get("source.filter"), MediaFiles.endings()));
        presenter
                .state()
                .session()
                .map(session -> session.folder().toAbsolutePath().getParent())
                .ifPresent(folder -> chooser.setCurrentDirectory(folder.toFile()));
        if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
            File chosen = chooser.getSelectedFile();
            presenter.chooseFilm(chosen.toPath());
        }
    }

    void dismissMessage() {
        messages.dismiss();
    }
}
