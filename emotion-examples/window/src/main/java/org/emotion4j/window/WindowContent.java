package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.KeyboardFocusManager;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.swing.BorderFactory;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.TransferHandler;
import javax.swing.filechooser.FileNameExtensionFilter;
import javax.swing.text.JTextComponent;

/** Everything inside the frame, in one language and one look. */
@SuppressWarnings("serial") // components are never serialized
final class WindowContent extends JPanel {
    private static final int LEFT_WIDTH = 288;
    private static final int READING_MILLIS = 100;
    private static final int TIMELINE_EVERY = 4;
    private static final int STATUS_EVERY = 5;
    private static final String PICTURE = "picture";
    private static final String SUMMARY = "summary";
    private static final String WHO = "who";
    private static final String CONSENT = "consent";

    private final Texts texts;
    private final SessionPresenter presenter;
    private final MessageBar messages;
    private final SourcePanel source;
    private final DataPanel data;
    private final ControlPanel control;
    private final PictureView picture;
    private final SummaryView summary;
    private final ReadingPanel reading;
    private final TwoStrips timelines;
    private final GuidedStart guiding;
    private final GuideView guide;
    private final StatusLine status;
    private final CardLayout cards = new CardLayout();
    private final JPanel switchBar = new JPanel(new WrappingRow(14, 6));
    private final JPanel center = new JPanel(cards);
    private final Map<Overlays.Kind, JCheckBox> switches = new EnumMap<>(Overlays.Kind.class);
    private final Overlays overlays;
    private final RecentFiles recent;
    private final OutputPanel output;
    private final EmptyView empty;
    private final Timer timer;
    private Optional<SessionOutcome> outcome = Optional.empty();
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean pictureWanted;
    private int ticks;

    WindowContent(
            Texts texts,
            SessionPresenter presenter,
            GuidedStart guiding,
            Overlays overlays,
            RecentFiles recent,
            Sections sections) {
        super(new BorderLayout());
        this.texts = texts;
        this.presenter = presenter;
        this.guiding = guiding;
        this.overlays = overlays;
        this.recent = recent;
        LiveView view = presenter.view();
        messages = new MessageBar(texts, presenter);
        source = new SourcePanel(texts, presenter, sections, this::chooseFile, this::chooseFolder);
        data = new DataPanel(texts, presenter);
        output = new OutputPanel(texts, presenter, sections);
        control = new ControlPanel(texts, presenter);
        empty = new EmptyView(texts, presenter, recent, this::chooseFile, this::chooseFolder);
        picture = new PictureView(texts, view, overlays, guiding::choose, presenter::rescale);
        picture.add(empty);
        summary = new SummaryView(texts, presenter, this::showPicture);
        reading = new ReadingPanel(texts, presenter);
        timelines = new TwoStrips(
                new TimelineView(texts, view::strip),
                new TimelineView(texts, () -> view.companion().strip(view.markers())),
                "timeline");
        guide = new GuideView(texts, presenter, guiding);
        status = new StatusLine(texts, presenter);
        center.add(picture, PICTURE);
        center.add(summary, SUMMARY);
        center.add(guide.who(), WHO);
        center.add(guide.consent(), CONSENT);
        add(left(), BorderLayout.WEST);
        add(middle(), BorderLayout.CENTER);
        add(reading, BorderLayout.EAST);
        JPanel below = new JPanel(new BorderLayout());
        below.add(timelines, BorderLayout.CENTER);
        below.add(status, BorderLayout.SOUTH);
        add(below, BorderLayout.SOUTH);
        setTransferHandler(new Drop());
        for (int key = 1; key <= MarkerPresets.MOST; key++) {
            int preset = key;
            registerKeyboardAction(
                    e -> markUnlessTyping(preset),
                    KeyStroke.getKeyStroke(Character.forDigit(key, 10)),
                    JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT);
        }
        view.onPicture(this::pictureCame);
        timer = new Timer(READING_MILLIS, e -> refresh());
        timer.start();
        presenter.addListener(this::show);
        presenter.addListener(guiding::heard);
        guiding.addListener(state -> showGuide());
    }

    /** A step of the guide is shown in place of the picture where it needs the room. */
    private void showGuide() {
        Guide state = guiding.state();
        String card = card(state);
        switchBar.setVisible(!card.equals(WHO) && !card.equals(CONSENT));
        cards.show(center, card);
        guide.show(state);
    }

    private String card(Guide state) {
        if (state.isAt(Guide.Step.WHO)) {
            return WHO;
        }
        if (state.isAt(Guide.Step.CONSENT) || state.isAt(Guide.Step.COMPANION_CONSENT)) {
            return CONSENT;
        }
        return outcome.isPresent() && state.step().isEmpty() && !pictureWanted ? SUMMARY : PICTURE;
    }

    /** A digit that is typed into a field is none that sets a marker. */
    private void markUnlessTyping(int preset) {
        Component owner = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner();
        if (!(owner instanceof JTextComponent text && text.isEditable())) {
            presenter.markPreset(preset);
        }
    }

    private void showPicture() {
        pictureWanted = true;
        cards.show(center, PICTURE);
    }

    private JPanel left() {
        Column above = new Column();
        above.row(source, 0);
        above.row(data, 10);
        above.row(output, 10);
        above.setBorder(BorderFactory.createEmptyBorder(8, 14, 4, 14));
        JScrollPane scroll = new JScrollPane(
                above,
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setName("left");
        scroll.setBorder(BorderFactory.createEmptyBorder());
        JPanel bottom = new JPanel(new BorderLayout());
        bottom.setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(1, 0, 0, 0, Palette.line()),
                BorderFactory.createEmptyBorder(8, 14, 6, 14)));
        bottom.add(control, BorderLayout.CENTER);
        JPanel left = new JPanel(new BorderLayout());
        left.setPreferredSize(new Dimension(LEFT_WIDTH, 300));
        left.add(scroll, BorderLayout.CENTER);
        left.add(bottom, BorderLayout.SOUTH);
        return left;
    }

    private JPanel middle() {
        for (Overlays.Kind kind : Overlays.Kind.values()) {
            JCheckBox box = Controls.checkBox(texts, kind.key(), kind.key());
            box.setSelected(overlays.has(kind));
            box.addActionListener(e -> toggle(kind, box.isSelected()));
            switches.put(kind, box);
            switchBar.add(box);
        }
        // A message takes its room from the picture, so that no control moves, let alone out of sight.
        JPanel shown = new JPanel(new BorderLayout());
        shown.add(messages, BorderLayout.NORTH);
        shown.add(center, BorderLayout.CENTER);
        JPanel middle = new JPanel(new BorderLayout());
        JPanel above = new JPanel(new BorderLayout());
        above.add(guide.bar(), BorderLayout.NORTH);
        above.add(switchBar, BorderLayout.SOUTH);
        middle.add(above, BorderLayout.NORTH);
        middle.add(shown, BorderLayout.CENTER);
        return middle;
    }

    private void toggle(Overlays.Kind kind, boolean on) {
        overlays.set(kind, on);
        if (kind == Overlays.Kind.MIRROR) {
            presenter.view().pictures().mirror(on);
            presenter.rescale();
        }
        picture.repaint();
    }

    /** Switches an overlay on or off; for the menu and its keys. */
    void toggle(Overlays.Kind kind) {
        Optional.ofNullable(switches.get(kind)).ifPresent(JCheckBox::doClick);
    }

    /** Shows which files were opened last. */
    void listRecent() {
        empty.listRecent();
    }

    ControlPanel control() {
        return control;
    }

    void dismissMessage() {
        messages.dismiss();
    }

    /** Ends the timer and hears nothing any longer; before it is thrown away. */
    void dispose() {
        timer.stop();
        presenter.view().onPicture(() -> {});
        presenter.removeListeners();
        guiding.removeListeners();
    }

    private void show(Presentation state) {
        messages.show(state.message());
        source.show(state);
        data.show(state);
        output.show(state);
        control.show(state);
        timelines.ended(state.phase().hasEnded());
        showStrips(state);
        status.show(state);
        if (state.phase() == Phase.READY) {
            state.source().ifPresent(recent::add);
        }
        empty.show(state, presenter.view().pictures().isEmpty());
        if (!state.outcome().equals(outcome)) {
            outcome = state.outcome();
            outcome.ifPresent(summary::show);
            pictureWanted = false;
            cards.show(center, card(guiding.state()));
            if (outcome.isPresent()) {
                summary.focus();
            }
        }
        refresh();
    }

    /** Two people have two strips, each with its pseudonym. */
    private void showStrips(Presentation state) {
        boolean two = state.phase().isGoingOn()
                || state.phase() == Phase.STOPPING
                || state.phase().hasEnded();
        Optional<String> other = two && presenter.view().companion().isThere()
                ? state.form().companion().map(Party::subject)
                : Optional.empty();
        timelines.name(state.form().subject(), other);
    }

    /** Any thread: the picture and what is told of it change together, when the event thread has time. */
    private void pictureCame() {
        if (asked.compareAndSet(false, true)) {
            SwingUtilities.invokeLater(() -> {
                asked.set(false);
                presenter.view().pictures().latest();
                Phase phase = presenter.state().phase();
                empty.show(presenter.state(), presenter.view().pictures().isEmpty());
                picture.repaint();
                reading.refresh(phase);
                guide(phase);
            });
        }
    }

    private void refresh() {
        presenter.tick();
        guiding.tick();
        if (guiding.state().step().isPresent()) {
            guide.show(guiding.state());
        }
        Phase phase = presenter.state().phase();
        reading.refresh(phase);
        guide(phase);
        if (ticks % TIMELINE_EVERY == 0) {
            timelines.refresh();
        }
        if (ticks % STATUS_EVERY == 0) {
            LiveView view = presenter.view();
            status.busy(presenter.busyFor());
            status.refresh(presenter.metrics(), view.shown(), view.now(), phase.isGoingOn(), presenter.planned());
        }
        ticks++;
    }

    /** Before the session, what to change stands in the picture; in it, that the face it is about is lost. */
    private void guide(Phase phase) {
        LiveView view = presenter.view();
        if (phase == Phase.RUNNING && view.isSubjectLost()) {
            picture.guide(Optional.of(texts.get("hint.lost")), false);
        } else if (phase != Phase.READY || view.pictured().isEmpty()) {
            picture.guide(Optional.empty(), true);
        } else if (view.isToChoose()) {
            picture.guide(
                    Optional.of(texts.get("message.ask.whom", view.people().size())), false);
        } else {
            List<Hint> hints = view.hints();
            boolean complete = presenter.state().form().missing().isEmpty();
            String key = !hints.isEmpty() ? hints.get(0).key() : complete ? "hint.good" : "hint.incomplete";
            picture.guide(Optional.of(texts.get(key)), hints.isEmpty() && complete);
        }
    }

    /** Asks for a video or a picture. */
    void chooseFile() {
        choose("source.fileChooser", JFileChooser.FILES_ONLY);
    }

    /** Asks for a folder of pictures. */
    void chooseFolder() {
        choose("source.folderChooser", JFileChooser.DIRECTORIES_ONLY);
    }

    private void choose(String title, int what) {
        Phase phase = presenter.state().phase();
        if (!phase.canOpen() && !phase.isGoingOn()) {
            return;
        }
        JFileChooser chooser = chooser(title, what, presenter.state().source());
        if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
            presenter.open(SourceChoice.of(chooser.getSelectedFile().toPath()));
        }
    }

    /** Begins in the folder of what is open, and shows what can be opened; everything else is one entry further. */
    private JFileChooser chooser(String title, int what, Optional<SourceChoice> open) {
        JFileChooser chooser = new JFileChooser();
        chooser.setLocale(texts.locale());
        chooser.setDialogTitle(texts.get(title));
        chooser.setFileSelectionMode(what);
        if (what == JFileChooser.FILES_ONLY) {
            FileNameExtensionFilter media =
                    new FileNameExtensionFilter(texts.get("source.filter"), MediaFiles.endings());
            chooser.addChoosableFileFilter(media);
            chooser.setFileFilter(media);
        }
        open.filter(source -> !source.isCamera())
                .map(source -> Path.of(source.text()).toAbsolutePath().getParent())
                .or(recent::folder)
                .ifPresent(folder -> chooser.setCurrentDirectory(folder.toFile()));
        return chooser;
    }

    /** Files that are dropped anywhere on the window. */
    private final class Drop extends TransferHandler {
        @Override
        public boolean canImport(TransferSupport support) {
            return support.isDataFlavorSupported(DataFlavor.javaFileListFlavor)
                    && (presenter.state().phase().canOpen()
                            || presenter.state().phase().isGoingOn());
        }

        @Override
        public boolean importData(TransferSupport support) {
            if (!canImport(support)) {
                return false;
            }
            try {
                Object data = support.getTransferable().getTransferData(DataFlavor.javaFileListFlavor);
                if (data instanceof List<?> files && !files.isEmpty() && files.get(0) instanceof File first) {
                    presenter.open(SourceChoice.of(Path.of(first.getPath())));
                    return true;
                }
                return false;
            } catch (UnsupportedFlavorException | IOException e) {
                return false;
            }
        }
    }
}
