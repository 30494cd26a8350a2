package org.emotion4j.annotation;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads a document of ELAN. Nothing outside of it is looked at: no schema, no entity, no other file. */
final class ElanReader {
    private static final long NANOS = 1_000_000;
    private static final String REFERENCE = "REF_ANNOTATION";

    /** Java's own limit since 24, before which it has none; documents of ELAN are six deep. */
    private static final int DEEPEST = 100;

    private static final String MAX_DEPTH = "http://www.oracle.com/xml/jaxp/properties/maxElementDepth";

    private final Document document;
    private final Map<String, long[]> times = new HashMap<>();
    private final Map<String, Element> annotations = new HashMap<>();
    private final Map<Element, Element> timedOf = new HashMap<>();

    private ElanReader(Document document) {
        this.document = document;
    }

    static AnnotatedFile read(InputStream source) throws IOException {
        return new ElanReader(parse(source)).file();
    }

    private static Document parse(InputStream source) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance(); // whose settings are known
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(MAX_DEPTH, Integer.toString(DEEPEST));
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            Document document = builder.parse(source);
            if (!document.getDocumentElement().getTagName().equals("ANNOTATION_DOCUMENT")) {
                throw new AnnotationFormatException("it is no document of ELAN, but "
                        + document.getDocumentElement().getTagName());
            }
            return document;
        } catch (SAXException | CharConversionException | UnsupportedEncodingException e) {
            throw new AnnotationFormatException("it is no document of ELAN: " + e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no parser that forbids document types", e);
        }
    }

    private AnnotatedFile file() throws AnnotationFormatException {
        for (Element header : elements("HEADER")) {
            String units = header.getAttribute("TIME_UNITS");
            if (!units.isEmpty() && !units.equals("milliseconds")) {
                throw new AnnotationFormatException("its times are " + units + ", expected milliseconds");
            }
        }
        Optional<String> film = Optional.empty();
        for (Element media : elements("MEDIA_DESCRIPTOR")) {
            if (!List.of("", "0").contains(media.getAttribute("TIME_ORIGIN"))) {
                throw new AnnotationFormatException("its film has an offset of " + media.getAttribute("TIME_ORIGIN")
                        + " ms; set it to 0 in ELAN, since the times of a session are those of the film");
            }
            if (film.isEmpty()) {
                film = Optional.of(media.getAttribute("MEDIA_URL"));
            }
        }
        Optional<String> session = elements("PROPERTY").stream()
                .filter(property -> property.getAttribute("NAME").equals(ElanDocument.SESSION))
                .map(property -> text(property).strip())
                .findFirst();
        slots();
        for (String kind : List.of("ALIGNABLE_ANNOTATION", REFERENCE)) {
            elements(kind).forEach(each -> annotations.put(each.getAttribute("ANNOTATION_ID"), each));
        }
        List<AnnotatedFile.Item> items = new ArrayList<>();
        for (Element tier : elements("TIER")) {
            for (Element holder : within(tier, "ANNOTATION")) {
                for (String kind : List.of("ALIGNABLE_ANNOTATION", REFERENCE)) {
                    for (Element each : within(holder, kind)) {
                        items.add(item(tier.getAttribute("TIER_ID"), each));
                    }
                }
            }
        }
        return new AnnotatedFile(session, film, items);
    }

    /** A slot without a time lies between its neighbors that have one. */
    private void slots() throws AnnotationFormatException {
        List<Element> slots = elements("TIME_SLOT");
        long before = 0;
        List<long[]> open = new ArrayList<>();
        for (Element slot : slots) {
            String value = slot.getAttribute("TIME_VALUE");
            String id = slot.getAttribute("TIME_SLOT_ID");
            if (value.isEmpty()) {
                long[] between = {before, before};
                open.add(between);
                times.put(id, between);
                continue;
            }
            before = millis(value);
            times.put(id, new long[] {before, before});
            for (long[] earlier : open) {
                earlier[1] = before;
            }
            open.clear();
        }
    }

    private static long millis(String value) throws AnnotationFormatException {
        try {
            long millis = Long.parseLong(value);
            if (millis >= 0 && millis < Long.MAX_VALUE / NANOS) {
                return millis;
            }
        } catch (NumberFormatException e) {
            throw new AnnotationFormatException("a time of it is \"" + value + "\", expected milliseconds", e);
        }
        throw new AnnotationFormatException("a time of it is " + value + " ms, expected 0 or more");
    }

    private AnnotatedFile.Item item(String tier, Element annotation) throws AnnotationFormatException {
        Element timed = timed(tier, annotation);
        long from = time(timed, "TIME_SLOT_REF1")[0];
        long to = time(timed, "TIME_SLOT_REF2")[1];
        if (to < from) {
            throw new AnnotationFormatException(
                    "an annotation of tier \"" + tier + "\" ends at " + to + " ms, before its begin at " + from);
        }
        String text = within(annotation, "ANNOTATION_VALUE").stream()
                .findFirst()
                .map(ElanReader::text)
                .orElse("");
        return new AnnotatedFile.Item(
                tier,
                false,
                from * NANOS,
                to > from ? OptionalLong.of(to * NANOS) : OptionalLong.empty(),
                text.strip());
    }

    /** What an annotation has its times from, asked once for each: a file may be one long chain. */
    private Element timed(String tier, Element annotation) throws AnnotationFormatException {
        Set<Element> chain = new LinkedHashSet<>();
        Element at = annotation;
        while (at.getTagName().equals(REFERENCE)) {
            Element known = timedOf.get(at);
            Element next = known == null ? annotations.get(at.getAttribute("ANNOTATION_REF")) : known;
            if (next == null || !chain.add(at)) {
                throw new AnnotationFormatException("an annotation of tier \"" + tier + "\" belongs to "
                        + at.getAttribute("ANNOTATION_REF") + ", which is not there");
            }
            at = next;
        }
        for (Element each : chain) {
            timedOf.put(each, at);
        }
        return at;
    }

    private long[] time(Element annotation, String end) throws AnnotationFormatException {
        long[] time = times.get(annotation.getAttribute(end));
        if (time == null) {
            throw new AnnotationFormatException(
                    "an annotation is at the time slot \"" + annotation.getAttribute(end) + "\", which is not there");
        }
        return time;
    }

    private List<Element> elements(String name) {
        NodeList found = document.getDocumentElement().getElementsByTagName(name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }

    /** The children of a name; those further down are no part of it, or one tier within another would count twice. */
    private static List<Element> within(Element parent, String name) {
        List<Element> all = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                all.add(element);
            }
        }
        return all;
    }

    /** The text of an element that has nothing else. {@code getTextContent} goes into elements of any depth, with the stack. */
    private static String text(Element of) {
        StringBuilder text = new StringBuilder();
        for (Node child = of.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text part) {
                text.append(part.getData());
            }
        }
        return text.toString();
    }

    /** What is wrong is thrown, and not printed as well. */
    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
