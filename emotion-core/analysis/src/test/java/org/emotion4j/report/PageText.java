package org.emotion4j.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a page says, read from its markup: a page that is not well-formed cannot be read. */
public final class PageText {
    private final Element page;

    private PageText(Element page) {
        this.page = page;
    }

    public static PageText of(String html) throws IOException {
        String xml = html.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        try {
            return new PageText(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    /** The sentences in front. */
    public List<String> sentences() {
        return all(page, "div").stream()
                .filter(element -> element.getAttribute("class").equals("lead"))
                .flatMap(lead -> all(lead, "p").stream())
                .map(PageText::text)
                .toList();
    }

    public List<String> headings() {
        return all(page, "h2").stream().map(PageText::text).toList();
    }

    /** A fact by its name. */
    public String fact(String name) {
        return all(page, "dl").stream()
                .flatMap(list -> all(list, "div").stream())
                .filter(fact -> text(all(fact, "dt").get(0)).equals(name))
                .map(fact -> text(all(fact, "dd").get(0)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fact \"" + name + "\""));
    }

    /** The rows of the first table of a section, headings aside. */
    public List<List<String>> rows(String heading) {
        return rows(heading, 0);
    }

    /** The rows of a table of a section. */
    public List<List<String>> rows(String heading, int table) {
        List<List<String>> rows = new ArrayList<>();
        for (Element row :
                all(all(all(section(heading), "table").get(table), "tbody").get(0), "tr")) {
            rows.add(all(row, "td").stream().map(PageText::text).toList());
        }
        return rows;
    }

    /** All that a section says. */
    public String textOf(String heading) {
        return text(section(heading));
    }

    private Element section(String heading) {
        return all(page, "section").stream()
                .filter(section -> text(all(section, "h2").get(0)).equals(heading))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section \"" + heading + "\" in " + headings()));
    }

    /** All that the page says, its style sheet aside. */
    public String all() {
        StringBuilder text = new StringBuilder(text(all(page, "main").get(0)));
        for (Element picture : all(page, "svg")) {
            text.append('\n').append(picture.getAttribute("aria-label"));
        }
        return text.toString();
    }

    private static List<Element> all(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Node node) {
        return node.getTextContent().strip();
    }
}
