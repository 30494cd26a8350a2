package org.emotion4j.annotation;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A document of ELAN, after its published schema (EAF 3.0). */
final class ElanDocument {
    /** The property that names the session. */
    static final String SESSION = "emotion4j.session";

    private static final String TYPE = "default-lt";

    private final XMLStreamWriter out;
    private final List<Long> slots = new ArrayList<>();
    private int annotations;

    private ElanDocument(XMLStreamWriter out) {
        this.out = out;
    }

    static void write(SessionAnnotations session, OutputStream target) throws IOException {
        try {
            XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(target, "UTF-8");
            new ElanDocument(writer).document(session);
            writer.flush();
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException io ? io : new IOException(e);
        }
        target.flush();
    }

    private void document(SessionAnnotations session) throws XMLStreamException {
        List<List<Cell>> tiers = session.tiers().stream()
                .map(tier -> cellsOf(tier.annotations()))
                .toList();
        out.writeStartDocument("UTF-8", "1.0");
        start("ANNOTATION_DOCUMENT");
        out.writeNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
        out.writeAttribute(
                "xsi",
                "http://www.w3.org/2001/XMLSchema-instance",
                "noNamespaceSchemaLocation",
                "http://www.mpi.nl/tools/elan/EAFv3.0.xsd");
        attribute("AUTHOR", "Emotion4J");
        attribute("DATE", session.started().orElse(Instant.EPOCH).toString());
        attribute("FORMAT", "3.0");
        attribute("VERSION", "3.0");
        header(session);
        start("TIME_ORDER");
        for (int i = 0; i < slots.size(); i++) {
            out.writeEmptyElement("TIME_SLOT");
            attribute("TIME_SLOT_ID", "ts" + (i + 1));
            attribute("TIME_VALUE", Long.toString(slots.get(i)));
        }
        end();
        for (int i = 0; i < tiers.size(); i++) {
            tier(session.tiers().get(i).name(), tiers.get(i));
        }
        out.writeEmptyElement("LINGUISTIC_TYPE");
        attribute("GRAPHIC_REFERENCES", "false");
        attribute("LINGUISTIC_TYPE_ID", TYPE);
        attribute("TIME_ALIGNABLE", "true");
        end();
        out.writeEndDocument();
    }

    private void header(SessionAnnotations session) throws XMLStreamException {
        start("HEADER");
        attribute("MEDIA_FILE", "");
        attribute("TIME_UNITS", "milliseconds");
        Optional<String> film = session.film();
        if (film.isPresent()) {
            out.writeEmptyElement("MEDIA_DESCRIPTOR");
            attribute("MEDIA_URL", film.get());
            attribute("MIME_TYPE", MediaType.of(film.get()).orElseThrow());
            attribute("RELATIVE_MEDIA_URL", "./" + film.get());
        }
        start("PROPERTY");
        attribute("NAME", SESSION);
        out.writeCharacters(session.info().sessionId());
        end();
        end();
    }

    private void tier(String name, List<Cell> cells) throws XMLStreamException {
        start("TIER");
        attribute("LINGUISTIC_TYPE_REF", TYPE);
        attribute("TIER_ID", name);
        for (Cell cell : cells) {
            start("ANNOTATION");
            start("ALIGNABLE_ANNOTATION");
            attribute("ANNOTATION_ID", "a" + ++annotations);
            attribute("TIME_SLOT_REF1", "ts" + cell.start());
            attribute("TIME_SLOT_REF2", "ts" + cell.end());
            start("ANNOTATION_VALUE");
            out.writeCharacters(readable(cell.label()));
            end();
            end();
            end();
        }
        end();
    }

    /** The numbers of its two time slots, and the text. */
    private record Cell(int start, int end, String label) {}

    /** Each at least a millisecond, and none before the one before it has ended, also where both begin in one millisecond. */
    private List<Cell> cellsOf(List<Annotation> of) {
        List<Cell> cells = new ArrayList<>();
        long before = 0;
        for (Annotation each : of) {
            long from = Math.max(before, Math.round(each.startNanos() / 1e6));
            long to = Math.max(from + 1, Math.round(each.endNanos() / 1e6));
            slots.add(from);
            slots.add(to);
            cells.add(new Cell(slots.size() - 1, slots.size(), each.label()));
            before = to;
        }
        return cells;
    }

    /** What XML 1.0 cannot hold becomes a replacement character. */
    static String readable(String text) {
        StringBuilder all = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000 ? c : 0xFFFD)
                .forEach(all::appendCodePoint);
        return all.toString();
    }

    private void start(String name) throws XMLStreamException {
        out.writeStartElement(name);
    }

    private void end() throws XMLStreamException {
        out.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        out.writeAttribute(name, readable(value));
    }
}
