package org.emotion4j.site;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All Markdown files of a repository. */
final class Documents {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", "shared", "venv", ".venv");

    private final Path root;
    private final Map<Path, Document> byPath = new TreeMap<>();

    private Documents(Path root) {
        this.root = root;
    }

    static Documents of(Path root) throws IOException {
        Documents documents = new Documents(root);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                Path name = folder.getFileName();
                return name != null && NOT_OURS.contains(name.toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith(".md")) {
                    Path path = root.relativize(file);
                    documents.byPath.put(path, Document.of(path, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return documents;
    }

    Path root() {
        return root;
    }

    Collection<Document> all() {
        return byPath.values();
    }

    /** The document at a path, or the README of the folder there. */
    Optional<Document> at(Path path) {
        Document document = byPath.get(path);
        return Optional.ofNullable(document != null ? document : byPath.get(path.resolve("README.md")));
    }

    /** Names each link that leads to no file, or to no heading of the document that it leads to. */
    List<String> brokenLinks() {
        List<String> broken = new ArrayList<>();
        for (Document document : all()) {
            for (String destination : document.destinations()) {
                Reference.of(document.path(), destination)
                        .filter(reference -> !leadsSomewhere(reference))
                        .ifPresent(reference -> broken.add(document.path() + ": " + destination));
            }
        }
        return broken;
    }

    private boolean leadsSomewhere(Reference reference) {
        return Files.exists(root.resolve(reference.target()))
                && (reference.anchor().isEmpty()
                        || at(reference.target())
                                .filter(document -> document.hasAnchor(reference.anchor()))
                                .isPresent());
    }
}
