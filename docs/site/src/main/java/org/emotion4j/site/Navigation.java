package org.emotion4j.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What stands beside each page. */
record Navigation(List<Group> groups, boolean hasApi) {
    /** Documents under one heading. */
    record Group(String name, List<Document> documents) {}

    static Navigation of(Documents documents, boolean hasApi) {
        return new Navigation(
                List.of(
                        group(documents, "Guides", "docs/guides/[^/]*"),
                        group(documents, "How it works", "docs/[^/]*"),
                        group(documents, "Models", "docs/models/[^/]*|.*/training/README\\.md"),
                        group(documents, "Project", "(?!README)[^/]*|docs/decisions/README\\.md")),
                hasApi);
    }

    private static Group group(Documents documents, String name, String paths) {
        List<Document> members = new ArrayList<>();
        for (Document document : documents.all()) {
            if (slashed(document.path()).matches(paths)) {
                members.add(document);
            }
        }
        members.sort(Comparator.comparing(Document::label, String.CASE_INSENSITIVE_ORDER));
        return new Group(name, members);
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
