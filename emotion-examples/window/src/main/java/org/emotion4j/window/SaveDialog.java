package org.emotion4j.window;

import java.awt.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JFileChooser;
import javax.swing.filechooser.FileNameExtensionFilter;

/**
 * Asks where a file is to go: shows what is of its kinds, adds the ending of the kind that is chosen, begins where the last one went,
 * and proposes a name that is free there. Confined to the user interface's thread.
 */
final class SaveDialog {
    private final Locale locale;
    private Path folder = Path.of(System.getProperty("user.home"));

    SaveDialog(Locale locale) {
        this.locale = locale;
    }

    /**
     * Asks.
     *
     * @param over what it lies above
     * @param title of the dialog
     * @param name what the file is called unless that is there or is changed, without an ending
     * @param endings of the kinds of file that can be written, without a dot, the usual one first
     * @return empty if it was left
     */
    Optional<Path> ask(Component over, String title, String name, List<String> endings) {
        JFileChooser chooser = new JFileChooser();
        chooser.setLocale(locale);
        chooser.setDialogTitle(title);
        chooser.setAcceptAllFileFilterUsed(false);
        for (String ending : endings) {
            chooser.addChoosableFileFilter(new FileNameExtensionFilter("." + ending, ending));
        }
        chooser.setFileFilter(chooser.getChoosableFileFilters()[0]);
        chooser.setSelectedFile(free(folder, name, endings).toFile());
        if (chooser.showSaveDialog(over) != JFileChooser.APPROVE_OPTION) {
            return Optional.empty();
        }
        Path chosen = chooser.getSelectedFile().toPath().toAbsolutePath();
        folder = Optional.ofNullable(chosen.getParent()).orElse(folder);
        String kind = chooser.getFileFilter() instanceof FileNameExtensionFilter filter
                ? filter.getExtensions()[0]
                : endings.get(0);
        return Optional.of(ended(chosen, kind, endings));
    }

    /** The name, or the first of those with a number behind it, that no file of any of these kinds has yet. */
    static Path free(Path folder, String name, List<String> endings) {
        Path proposed = folder.resolve(name);
        for (int number = 2; isTaken(proposed, endings); number++) {
            proposed = folder.resolve(name + "-" + number);
        }
        return proposed;
    }

    private static boolean isTaken(Path proposed, List<String> endings) {
        String name = String.valueOf(proposed.getFileName());
        return endings.stream().anyMatch(each -> Files.exists(proposed.resolveSibling(name + "." + each)));
    }

    /** The ending of the chosen kind, unless somebody has typed one of them. */
    static Path ended(Path chosen, String kind, List<String> endings) {
        String name = String.valueOf(chosen.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        boolean ended = endings.stream().anyMatch(each -> lower.endsWith("." + each));
        return ended ? chosen : chosen.resolveSibling(name + "." + kind);
    }
}
