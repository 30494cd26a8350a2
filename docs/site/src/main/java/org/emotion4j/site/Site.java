package org.emotion4j.site;

import com.google.gson.Gson;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the site: a page for each document, for each file of the repository that one of them links to, and for each such folder.
 * It works from a folder as from a server, and asks nobody else for anything.
 */
final class Site {
    private final Documents documents;
    private final Path out;
    private final Navigation navigation;
    private final Set<Path> written = new HashSet<>();
    private final Deque<Document> waiting = new ArrayDeque<>();

    private Site(Documents documents, Path out) {
        this.documents = documents;
        this.out = out;
        this.navigation = Navigation.of(documents, Files.exists(out.resolve("api/index.html")));
    }

    /** Takes the repository's folder and that of the site; Javadoc that lies in its {@code api} is linked to. */
    public static void main(String[] folders) throws IOException {
        Documents documents = Documents.of(Path.of(folders[0]).toAbsolutePath().normalize());
        List<String> broken = documents.brokenLinks();
        if (!broken.isEmpty()) {
            System.err.println("links that lead nowhere:\n" + String.join("\n", broken));
            System.exit(1);
        }
        write(documents, Path.of(folders[1]));
    }

    static void write(Documents documents, Path out) throws IOException {
        Site site = new Site(documents, out);
        site.waiting.addAll(documents.all());
        documents.all().forEach(document -> site.written.add(document.path()));
        while (!site.waiting.isEmpty()) {
            site.write(site.waiting.remove());
        }
        for (String file : List.of("site.css", "search.js")) {
            try (InputStream in = Site.class.getResourceAsStream(file)) {
                Files.copy(in, out.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(out.resolve("search-index.js"), "const searchIndex = " + site.searchIndex() + ";\n");
    }

    private void write(Document document) throws IOException {
        String toRoot = Reference.toRoot(document.path());
        for (String destination : document.destinations()) {
            Reference reference = Reference.of(document.path(), destination).orElse(null);
            if (reference != null) {
                bringAlong(reference.target());
            }
        }
        String html = document.html(destination -> Reference.of(document.path(), destination)
                .map(reference -> toRoot
                        + address(reference.target())
                        + (reference.anchor().isEmpty() ? "" : "#" + reference.anchor()))
                .orElse(destination));
        Path file = out.resolve(Reference.address(document.path()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, page(document, html, toRoot));
    }

    @SuppressWarnings("NullAway") // no tag is intercepted, and so nobody is asked
    private String page(Document document, String html, String toRoot) {
        StringOutput page = new StringOutput(1 << 16);
        JtepageGenerated.render(new OwaspHtmlTemplateOutput(page), null, document, html, toRoot, navigation);
        return page.toString();
    }

    /** Where what a link leads to lies in the site. */
    private String address(Path target) {
        return Reference.address(
                Files.isDirectory(documents.root().resolve(target)) ? target.resolve("README.md") : target);
    }

    /** Sees to it that what a link leads to is in the site. */
    private void bringAlong(Path target) throws IOException {
        if (documents.at(target).isPresent() || !written.add(target)) {
            return;
        }
        Path file = documents.root().resolve(target);
        if (Files.isDirectory(file)) {
            waiting.add(Document.of(target.resolve("README.md"), listing(target)));
        } else if (Reference.isPicture(target)) {
            Files.createDirectories(out.resolve(target).getParent());
            Files.copy(file, out.resolve(target), StandardCopyOption.REPLACE_EXISTING);
        } else {
            String fence = "~".repeat(20);
            waiting.add(Document.of(
                    target, "# " + target.getFileName() + "\n" + fence + "\n" + Files.readString(file) + "\n" + fence));
        }
    }

    private String listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(documents.root().resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(Path::getFileName)
                    .sorted()
                    .map(name -> "- ["
                            + documents
                                    .at(folder.resolve(name))
                                    .map(Document::title)
                                    .orElse(name.toString()) + "](" + name + ")\n")
                    .collect(Collectors.joining("", "# " + folder.toString().replace('\\', '/') + "\n", ""));
        }
    }

    private String searchIndex() {
        List<Map<String, String>> entries = new ArrayList<>();
        for (Document document : documents.all()) {
            for (Document.Section section : document.sections()) {
                entries.add(Map.of(
                        "page", document.title(),
                        "heading", section.heading(),
                        "address", Reference.address(document.path()) + "#" + section.anchor(),
                        "text", section.text()));
            }
        }
        return new Gson().toJson(entries);
    }
}
