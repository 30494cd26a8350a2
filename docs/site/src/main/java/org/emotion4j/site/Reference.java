package org.emotion4j.site;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A link from one file of the repository to another.
 *
 * @param target the file or folder
 * @param anchor the heading in it; empty for its beginning
 */
record Reference(Path target, String anchor) {
    /** Reads a link; empty for one that leads out of the repository. */
    static Optional<Reference> of(Path from, String destination) {
        URI uri = URI.create(destination);
        if (uri.getScheme() != null) {
            return Optional.empty();
        }
        Path target = uri.getPath().isEmpty() ? from : from.resolveSibling(uri.getPath());
        return Optional.of(new Reference(target.normalize(), uri.getFragment() == null ? "" : uri.getFragment()));
    }

    static boolean isPicture(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|svg|jpg)");
    }

    /** Where a file of the repository lies in the site: pictures as they are, all else as a page. */
    static String address(Path path) {
        String slashed = path.toString().replace('\\', '/');
        return isPicture(path)
                ? slashed
                : slashed.replaceFirst("(^|/)README\\.md$", "$1index.md").replaceFirst("\\.md$", "") + ".html";
    }

    /** The way from a page up to the site's folder. */
    static String toRoot(Path path) {
        return "../".repeat(path.getNameCount() - 1);
    }
}
