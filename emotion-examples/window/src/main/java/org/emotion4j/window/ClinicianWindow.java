package org.emotion4j.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.swing.ButtonGroup;
import javax.swing.JCheckBoxMenuItem;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JRadioButtonMenuItem;
import javax.swing.JRootPane;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import javax.swing.WindowConstants;
import javax.swing.event.MenuEvent;
import javax.swing.event.MenuListener;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.spi.StageProvider;
import org.emotion4j.spi.Stages;

/**
 * The window. May be used on any thread; what it shows lives on the event thread.
 *
 * <p>Closing it ends the session, frees the source and ends every thread that it has started.
 */
public final class ClinicianWindow {
    /** Light or dark. */
    public enum Look {
        /** Dark on light. */
        LIGHT,
        /** Light on dark. */
        DARK
    }

    /**
     * How it is opened.
     *
     * @param look light or dark
     * @param locale the language; English where there are no texts in it
     * @param sessions the folder for the folders of recorded sessions
     * @param source what to open at once, as {@link org.emotion4j.opencv.FrameSources} reads it
     * @param detector who finds the faces, by its provider's name; the default where empty
     * @param classifier who scores the expressions; the default where empty
     * @param review the folder of a recorded session to look at at once
     * @param key opens encrypted sessions
     */
    public record Options(
            Look look,
            Locale locale,
            Path sessions,
            Optional<String> source,
            Optional<String> detector,
            Optional<String> classifier,
            Optional<Path> review,
            Optional<SessionCipher> key) {}

    private static final Dimension SIZE = new Dimension(1280, 800);
    private static final int[] MINUTES = {0, 5, 10, 20, 30, 50};
    private static final Dimension SMALLEST = new Dimension(960, 640);

    private final SessionPresenter presenter;
    private final ReviewPresenter reviews;
    private final PeoplePresenter people;
    private final ComparisonPresenter comparison;
    private final RecentFiles recent;
    private final Sections sections;
    private final GuidedStart guiding;
    private final Overlays overlays = new Overlays();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final JFrame frame = new JFrame();
    private Look look;
    private Texts texts;
    private WindowPages pages;

    private ClinicianWindow(Options options, Platform surroundings) {
        look = options.look();
        texts = Texts.of(options.locale());
        SessionForm form = SessionForm.blank(
                options.detector().orElseGet(() -> first(Stages.detectors())),
                options.classifier().orElseGet(() -> first(Stages.classifiers())));
        presenter = new SessionPresenter(
                surroundings, options.sessions(), new LiveView(new SetupGuide()), SwingUtilities::invokeLater, form);
        presenter.afterwards().speak(texts.locale());
        reviews = new ReviewPresenter(surroundings, SwingUtilities::invokeLater);
        reviews.use(options.key());
        people = new PeoplePresenter(surroundings, options.sessions(), SwingUtilities::invokeLater);
        people.use(options.key());
        comparison = new ComparisonPresenter(options.sessions(), SwingUtilities::invokeLater);
        comparison.use(options.key());
        guiding = new GuidedStart(surroundings, presenter, SwingUtilities::invokeLater);
        guiding.speak(texts);
        recent = new RecentFiles(options.sessions(), SwingUtilities::invokeLater);
        sections = new Sections(options.sessions(), SwingUtilities::invokeLater);
        pages = new WindowPages(texts, presenter, reviews, people, comparison, guiding, overlays, recent, sections);
        recent.onChange(() -> pages.content().listRecent());
        frame.setName("emotion4j");
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent e) {
                presenter.askToQuit();
            }
        });
        presenter.onQuit(this::closeNow);
        fill();
        frame.setMinimumSize(fitting(SMALLEST));
        frame.setSize(fitting(SIZE));
        frame.setLocationRelativeTo(null);
    }

    private static String first(List<? extends StageProvider<?>> providers) {
        return providers.stream()
                .filter(provider -> provider.priority() >= 0)
                .map(StageProvider::name)
                .findFirst()
                .orElse("");
    }

    /** No larger than the screen. */
    private static Dimension fitting(Dimension wanted) {
        Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
        return new Dimension(Math.min(wanted.width, screen.width), Math.min(wanted.height, screen.height));
    }

    /**
     * Opens the window.
     *
     * @param options how
     * @return the window, on the screen
     * @throws java.awt.HeadlessException if there is no display
     */
    public static ClinicianWindow open(Options options) {
        return open(options, Platform.ofMachine());
    }

    static ClinicianWindow open(Options options, Platform surroundings) {
        ClinicianWindow[] made = new ClinicianWindow[1];
        onEventThread(() -> {
            use(options.look());
            ClinicianWindow window = new ClinicianWindow(options, surroundings);
            made[0] = window;
            window.frame.setVisible(true);
            window.presenter.begin();
            options.source().map(SourceChoice::parse).ifPresent(window.presenter::open);
            options.review().ifPresent(window.reviews::open);
        });
        return made[0];
    }

    /**
     * Waits until the window is closed and everything behind it has ended.
     *
     * @throws InterruptedException if this thread is interrupted
     */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Waits so long at most; false if it is open still. */
    boolean awaitClosed(long seconds) throws InterruptedException {
        return closed.await(seconds, TimeUnit.SECONDS);
    }

    /** Closes the window. Returns at once. */
    public void close() {
        SwingUtilities.invokeLater(this::closeNow);
    }

    JFrame frame() {
        return frame;
    }

    SessionPresenter presenter() {
        return presenter;
    }

    ReviewPresenter reviews() {
        return reviews;
    }

    GuidedStart guiding() {
        return guiding;
    }

    PeoplePresenter people() {
        return people;
    }

    ComparisonPresenter comparison() {
        return comparison;
    }

    private void closeNow() {
        frame.setVisible(false);
        pages.dispose();
        reviews.close();
        people.close();
        comparison.close();
        recent.close();
        sections.close();
        guiding.close();
        presenter.close(() -> {
            frame.dispose();
            closed.countDown();
        });
    }

    private static void use(Look look) {
        // One accent: for what is done next, what is switched on and what has the keyboard.
        FlatLaf.setGlobalExtraDefaults(Map.of("@accentColor", look == Look.DARK ? "#4a95d6" : "#1f6fb2"));
        FlatLaf.setup(look == Look.DARK ? new FlatDarkLaf() : new FlatLightLaf());
        UIManager.put("Component.focusWidth", 2);
        UIManager.put("ScrollBar.thumbArc", 999);
        // Keys that work only while a key is held down have to be seen all the time.
        UIManager.put("Component.hideMnemonics", false);
    }

    /** Puts the content in, in the language and look of now. */
    private void fill() {
        frame.setTitle(texts.get("window.title"));
        // The words of dialogs that Swing brings along are looked up in this language.
        JComponent.setDefaultLocale(texts.locale());
        UIManager.getDefaults().setDefaultLocale(texts.locale());
        UIManager.getLookAndFeelDefaults().setDefaultLocale(texts.locale());
        frame.setJMenuBar(menuBar());
        frame.setContentPane(pages);
        JRootPane root = frame.getRootPane();
        root.registerKeyboardAction(
                e -> pages.dismissMessage(),
                KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                JComponent.WHEN_IN_FOCUSED_WINDOW);
        frame.revalidate();
        frame.repaint();
    }

    private void rebuild() {
        use(look);
        pages.dispose();
        pages = new WindowPages(texts, presenter, reviews, people, comparison, guiding, overlays, recent, sections);
        fill();
        presenter.rescale();
    }

    private JMenuBar menuBar() {
        JMenuBar bar = new JMenuBar();
        bar.add(fileMenu());
        bar.add(sessionMenu());
        bar.add(viewMenu());
        JMenu help = Controls.menu(texts, "menu.help");
        help.add(Controls.item(new JMenuItem(), texts, "menu.help.about", "F1", this::showAbout));
        bar.add(help);
        return bar;
    }

    private JMenu fileMenu() {
        JMenu file = Controls.menu(texts, "menu.file");
        file.add(Controls.item(new JMenuItem(), texts, "menu.file.camera", "ctrl K", presenter::openCamera));
        file.add(Controls.item(new JMenuItem(), texts, "source.refresh", "ctrl R", presenter::refreshCameras));
        file.add(Controls.item(new JMenuItem(), texts, "menu.file.open", "ctrl O", () -> pages.content()
                .chooseFile()));
        file.add(Controls.item(new JMenuItem(), texts, "menu.file.folder", "ctrl shift O", () -> pages.content()
                .chooseFolder()));
        file.add(recentMenu());
        file.addSeparator();
        file.add(Controls.item(new JMenuItem(), texts, "menu.file.people", "ctrl L", this::showPeople));
        file.add(Controls.item(new JMenuItem(), texts, "menu.file.review", "ctrl E", this::chooseSession));
        file.addSeparator();
        file.add(Controls.item(new JMenuItem(), texts, "menu.file.quit", "ctrl Q", presenter::askToQuit));
        return file;
    }

    /** What was opened last; made anew whenever it is opened. */
    private JMenu recentMenu() {
        JMenu menu = Controls.menu(texts, "menu.file.recent");
        menu.setName("menu.file.recent");
        menu.addMenuListener(new MenuListener() {
            @Override
            public void menuSelected(MenuEvent e) {
                menu.removeAll();
                for (Path file : recent.files()) {
                    JMenuItem item = new JMenuItem(file.toString());
                    item.addActionListener(chosen -> presenter.open(SourceChoice.of(file)));
                    menu.add(item);
                }
                if (recent.files().isEmpty()) {
                    JMenuItem none = new JMenuItem(texts.get("menu.file.recent.none"));
                    none.setEnabled(false);
                    menu.add(none);
                } else {
                    menu.addSeparator();
                    menu.add(Controls.item(new JMenuItem(), texts, "menu.file.recent.forget", "", recent::forget));
                }
            }

            @Override
            public void menuDeselected(MenuEvent e) {}

            @Override
            public void menuCanceled(MenuEvent e) {}
        });
        return menu;
    }

    private JMenu sessionMenu() {
        JMenu session = Controls.menu(texts, "menu.session");
        session.add(Controls.item(new JMenuItem(), texts, "menu.session.guide", "ctrl G", () -> pages.live()
                .ifPresent(live -> guiding.open())));
        session.addSeparator();
        session.add(Controls.item(new JMenuItem(), texts, "control.start", "F5", () -> pages.live()
                .ifPresent(live -> live.control().startOrAgain())));
        session.add(Controls.item(new JMenuItem(), texts, "control.pause", "F6", () -> pages.live()
                .ifPresent(live -> presenter.pauseOrResume())));
        session.add(Controls.item(new JMenuItem(), texts, "control.stop", "F7", () -> pages.live()
                .ifPresent(live -> presenter.askToStop())));
        session.add(Controls.item(new JMenuItem(), texts, "control.mark", "F8", () -> pages.live()
                .ifPresent(live -> live.control().mark())));
        session.add(lengthMenu());
        session.add(Controls.item(new JMenuItem(), texts, "control.presets", "", this::editPresets));
        session.addSeparator();
        session.add(Controls.item(new JMenuItem(), texts, "summary.report", "F9", () -> pages.live()
                .ifPresent(live -> presenter.afterwards().openReport())));
        return session;
    }

    /** How long sessions are meant to be. */
    private JMenu lengthMenu() {
        JMenu length = Controls.menu(texts, "control.length");
        ButtonGroup lengths = new ButtonGroup();
        for (int minutes : MINUTES) {
            Optional<Duration> planned = minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes));
            JRadioButtonMenuItem item = new JRadioButtonMenuItem(
                    minutes == 0 ? texts.get("control.length.open") : texts.get("control.length.minutes", minutes));
            item.setName("length." + minutes);
            item.setSelected(planned.equals(presenter.planned()));
            item.addActionListener(e -> presenter.plan(planned));
            lengths.add(item);
            length.add(item);
        }
        return length;
    }

    private JMenu viewMenu() {
        JMenu view = Controls.menu(texts, "menu.view");
        int number = 1;
        for (Overlays.Kind kind : Overlays.Kind.values()) {
            JCheckBoxMenuItem item =
                    Controls.item(new JCheckBoxMenuItem(), texts, kind.key(), "ctrl " + number++, () -> pages.content()
                            .toggle(kind));
            item.setName("menu." + kind.key());
            item.setSelected(overlays.has(kind));
            overlays.onChange(kind, item::setSelected);
            view.add(item);
        }
        view.addSeparator();
        ButtonGroup looks = new ButtonGroup();
        for (Look each : Look.values()) {
            String key = "menu.view." + each.name().toLowerCase(Locale.ROOT);
            JRadioButtonMenuItem item =
                    Controls.item(new JRadioButtonMenuItem(), texts, key, "", () -> show(each, texts.locale()));
            item.setSelected(each == look);
            looks.add(item);
            view.add(item);
        }
        view.addSeparator();
        JMenu language = Controls.menu(texts, "menu.view.language");
        ButtonGroup languages = new ButtonGroup();
        for (Locale each : Texts.LANGUAGES) {
            String own = each.getDisplayLanguage(each);
            JRadioButtonMenuItem item =
                    new JRadioButtonMenuItem(own.substring(0, 1).toUpperCase(each) + own.substring(1));
            item.setName("language." + each.getLanguage());
            item.setSelected(each.getLanguage().equals(texts.locale().getLanguage()));
            item.addActionListener(e -> show(look, each));
            languages.add(item);
            language.add(item);
        }
        view.add(language);
        return view;
    }

    /** Changes look or language; what is filled in and what is going on stay as they are. */
    void show(Look newLook, Locale locale) {
        look = newLook;
        texts = Texts.of(locale);
        presenter.afterwards().speak(texts.locale());
        guiding.speak(texts);
        rebuild();
    }

    /** Shows the list of people and sessions; not while a session is going on, which has to be seen. */
    private void showPeople() {
        if (presenter.state().phase().isGoingOn()) {
            presenter.refuseReview();
        } else {
            reviews.leave();
            comparison.leave();
            people.open();
        }
    }

    /** Asks for a session to look at; not while one is going on, which has to be seen. */
    private void chooseSession() {
        if (presenter.state().phase().isGoingOn()) {
            presenter.refuseReview();
            return;
        }
        JFileChooser chooser = new JFileChooser();
        chooser.setDialogTitle(texts.get("review.chooser"));
        chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
        chooser.setCurrentDirectory(presenter.sessions().toFile());
        if (chooser.showOpenDialog(frame) == JFileChooser.APPROVE_OPTION) {
            reviews.open(chooser.getSelectedFile().toPath());
        }
    }

    /** Asks which markers are on the keys 1 to 9. */
    private void editPresets() {
        JTextArea lines = new JTextArea(presenter.presets().lines(), MarkerPresets.MOST, 28);
        Controls.describe(lines, texts.get("control.presets.title"));
        JPanel asked = new JPanel(new BorderLayout(0, 8));
        asked.add(new JLabel(texts.get("control.presets.ask")), BorderLayout.NORTH);
        asked.add(new JScrollPane(lines), BorderLayout.CENTER);
        int answer = JOptionPane.showConfirmDialog(
                frame,
                asked,
                texts.get("control.presets.title"),
                JOptionPane.OK_CANCEL_OPTION,
                JOptionPane.PLAIN_MESSAGE);
        if (answer == JOptionPane.OK_OPTION) {
            presenter.keepPresets(MarkerPresets.of(lines.getText()));
        }
    }

    private void showAbout() {
        JOptionPane.showMessageDialog(
                frame, texts.get("about.text"), texts.get("about.title"), JOptionPane.INFORMATION_MESSAGE);
    }

    private static void onEventThread(Runnable work) {
        if (SwingUtilities.isEventDispatchThread()) {
            work.run();
            return;
        }
        try {
            SwingUtilities.invokeAndWait(work);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the window could not be opened", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the window was opened", e);
        }
    }
}
