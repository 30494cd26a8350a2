package org.emotion4j.recording;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;

/** One line of a CSV as text: its fields, and whether it has anything to say. */
final class CsvLine {
    private CsvLine() {}

    /**
     * Splits a line at its commas, by FastCSV's rules of quotes.
     *
     * @return no field at all where quotes do not match
     */
    static List<String> fields(String line) {
        try {
            for (CsvRecord record : CsvReader.builder().ofCsvRecord(line)) {
                return record.getFields();
            }
        } catch (CsvParseException e) {
            return List.of();
        }
        return List.of();
    }

    /** Tells a row that a spreadsheet left where somebody emptied it. */
    static boolean isBlank(String line) {
        if (line.indexOf(',') < 0) {
            return false;
        }
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != ',' && c != '"' && !Character.isWhitespace(c)) {
                return false;
            }
        }
        return true;
    }
}
