package org.emotion4j.study;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.emotion4j.recording.SessionExport;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.stage.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as a table for SPSS, R and other statistics programs: a row a session, a column a variable ("wide"), with a codebook and
 * the syntax by which SPSS reads it. Figures are of the face that a session is about, as {@link
 * org.emotion4j.analysis.SessionSummary} and {@link org.emotion4j.analysis.SessionEvents} have them.
 *
 * <p>UTF-8, commas, decimal points. A cell is empty where there is no value (the classifier told no movements, nobody filled in
 * that questionnaire): {@code NA} in R, system-missing in SPSS. No number stands for a missing one, so that none can get into a
 * mean; the one exception are codes, whose missing ones the codebook and the syntax name.
 *
 * <p>What comes out of an encrypted session is not encrypted. A session is read frame by frame; a row of it is held in memory.
 * Confined to one thread.
 */
@Experimental
public final class StudyTable {
    private static final int QUESTIONNAIRE_DIGITS = 4;
    private static final int TEXT_WIDTH = 64;
    private static final int NUMBER_WIDTH = 16;

    private final List<SessionRow> rows = new ArrayList<>();

    /** Makes a table without rows. */
    public StudyTable() {}

    /**
     * Reads a session to its end and adds its row.
     *
     * @param session a reader before its first frame; left open
     * @return this table
     * @throws IOException if it cannot be read
     */
    public StudyTable add(SessionReader session) throws IOException {
        rows.add(SessionRow.of(session));
        return this;
    }

    /**
     * Returns the variables: those that every table has, and one for each questionnaire of the sessions.
     *
     * @return in the order of the columns
     * @throws IllegalStateException if no session was added
     */
    public List<StudyVariable> variables() {
        if (rows.isEmpty()) {
            throw new IllegalStateException("no session was added");
        }
        List<StudyVariable> all = new ArrayList<>(rows.get(0).cells().keySet());
        all.addAll(questionnaires().values());
        return List.copyOf(all);
    }

    /** By the questionnaire's name. */
    private Map<String, StudyVariable> questionnaires() {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.questionnaires().keySet()));
        Map<String, StudyVariable> variables = new LinkedHashMap<>();
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            String letters = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
            String legal = "q_" + letters.substring(0, Math.min(letters.length(), TEXT_WIDTH / 2));
            String unique = legal;
            for (int i = 2; !taken.add(unique); i++) {
                unique = legal + "_" + i;
            }
            variables.put(name, StudyVariable.number(unique, "Questionnaire " + name, "points", QUESTIONNAIRE_DIGITS));
        }
        return variables;
    }

    /**
     * Writes the table: a header, then a row a session in the order in which they were added.
     *
     * @param target where to; left open
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if no session was added
     */
    public void writeCsv(OutputStream target) throws IOException {
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        line(out, variables().stream().map(StudyVariable::name).toList());
        for (SessionRow row : rows) {
            List<String> cells = new ArrayList<>();
            row.cells()
                    .forEach((variable, value) -> cells.add(variable.isText() ? SessionExport.harmless(value) : value));
            questionnaires()
                    .keySet()
                    .forEach(name -> cells.add(figure(row.questionnaires().get(name))));
            line(out, cells);
        }
        out.flush();
    }

    private static String figure(@Nullable Double value) {
        return value == null
                ? ""
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /**
     * Writes the codebook, a row a variable: {@code name, label, type, unit, decimals, values, missing}.
     *
     * @param target where to; left open
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if no session was added
     */
    public void writeCodebook(OutputStream target) throws IOException {
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        line(out, List.of("name", "label", "type", "unit", "decimals", "values", "missing"));
        for (StudyVariable variable : variables()) {
            String empty = "empty";
            String codes = variable.missing().stream().map(String::valueOf).collect(Collectors.joining(" "));
            line(
                    out,
                    List.of(
                            SessionExport.harmless(variable.name()),
                            SessionExport.harmless(variable.label()),
                            variable.isText() ? "text" : variable.values().isEmpty() ? "number" : "code",
                            variable.unit(),
                            variable.isText() ? "" : Integer.toString(variable.decimals()),
                            variable.values().entrySet().stream()
                                    .map(value -> value.getKey() + " = " + value.getValue())
                                    .collect(Collectors.joining("; ")),
                            codes.isEmpty() ? empty : codes));
        }
        out.flush();
    }

    /**
     * Writes the syntax by which SPSS (and PSPP) reads the table: types, labels, values, missing codes and levels.
     *
     * @param csv the name of the table's file, in the folder that SPSS works in
     * @param target where to; left open
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if no session was added
     */
    public void writeSyntax(String csv, OutputStream target) throws IOException {
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        out.write("* Encoding: UTF-8.\n* Reads " + csv.replaceAll("[\\r\\n]", " ")
                + ", which lies in the folder that SPSS works in (CD 'FOLDER'.).\n\n");
        // In a locale with decimal commas a point would make a number none.
        out.write("SET DECIMAL=DOT.\nGET DATA\n  /TYPE=TXT\n  /FILE=" + quoted(csv) + "\n  /ENCODING='UTF8'\n");
        out.write("  /ARRANGEMENT=DELIMITED\n  /DELIMITERS=','\n  /QUALIFIER='\"'\n  /FIRSTCASE=2\n  /VARIABLES=\n");
        List<StudyVariable> variables = variables();
        for (StudyVariable variable : variables) {
            out.write("    " + variable.name() + " " + format(variable) + "\n");
        }
        out.write("  .\n\nVARIABLE LABELS\n");
        for (StudyVariable variable : variables) {
            out.write("  " + variable.name() + " " + quoted(labelWithUnit(variable)) + "\n");
        }
        out.write("  .\n");
        for (StudyVariable variable : variables) {
            if (!variable.values().isEmpty()) {
                out.write("VALUE LABELS " + variable.name());
                for (Map.Entry<Integer, String> value : variable.values().entrySet()) {
                    out.write("\n  " + value.getKey() + " " + quoted(value.getValue()));
                }
                out.write(".\nVARIABLE LEVEL " + variable.name() + " (NOMINAL).\n");
            }
            if (!variable.missing().isEmpty()) {
                out.write("MISSING VALUES " + variable.name() + " ("
                        + variable.missing().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ").\n");
            }
        }
        out.write("EXECUTE.\n");
        out.flush();
    }

    private static String labelWithUnit(StudyVariable variable) {
        return variable.unit().isEmpty() ? variable.label() : variable.label() + " [" + variable.unit() + "]";
    }

    private static String format(StudyVariable variable) {
        return variable.isText() ? "A" + TEXT_WIDTH : "F" + NUMBER_WIDTH + "." + variable.decimals();
    }

    /** SPSS doubles the apostrophe; a label ends with its line. */
    private static String quoted(String text) {
        return "'" + text.replaceAll("\\s+", " ").replace("'", "''") + "'";
    }

    private static void line(Writer out, List<String> cells) throws IOException {
        out.write(cells.stream().map(StudyTable::cell).collect(Collectors.joining(",")) + "\n");
    }

    private static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return "StudyTable[" + rows.size() + " sessions]";
    }
}
