package org.emotion4j.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The text of consent as a page to print, read and sign. */
final class ConsentPage {
    private ConsentPage() {}

    /** Returns the page. */
    static String html(Texts texts, String words, String subject, String purpose, LocalDate keepUntil) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"")
                .append(texts.locale().getLanguage())
                .append("\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(texts.get("guide.consent.title")))
                .append("</title><style>body{font:12pt/1.45 serif;max-width:42em;margin:2em auto;padding:0 1em}"
                        + "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}dd{margin:0}"
                        + ".line{margin-top:3.5em;border-top:1px solid;padding-top:.3em}"
                        + "@page{margin:2cm}</style></head><body>\n");
        for (String paragraph : words.strip().split("\\n\\s*\\n")) {
            page.append("<p>")
                    .append(escaped(paragraph.strip()).replace("\n", "<br>"))
                    .append("</p>\n");
        }
        page.append("<dl>");
        fact(page, texts.get("guide.consent.subject"), subject);
        fact(page, texts.get("guide.consent.purpose"), purpose);
        fact(page, texts.get("guide.consent.until"), texts.date(keepUntil));
        page.append("</dl>\n<p class=\"line\">")
                .append(escaped(texts.get("guide.consent.line")))
                .append("</p>\n<p class=\"line\">")
                .append(escaped(texts.get("guide.consent.lineGuardian")))
                .append("</p>\n</body></html>\n");
        return page.toString();
    }

    /** Writes a page into a folder of its owner alone, from which it goes when the program ends. */
    static Path writeForNow(String html) throws IOException {
        Path folder = Files.createTempDirectory("emotion4j-consent");
        Path page = folder.resolve("consent.html");
        Files.writeString(page, html, StandardCharsets.UTF_8);
        // What was asked for last goes first.
        folder.toFile().deleteOnExit();
        page.toFile().deleteOnExit();
        return page;
    }

    private static void fact(StringBuilder page, String name, String value) {
        page.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
