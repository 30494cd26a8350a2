package org.emotion4j.cli.options;

import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.reading.SubjectRule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whom a record is about. */
public final class SubjectConverter implements ITypeConverter<SubjectRule> {
    @Override
    public SubjectRule convert(String text) {
        try {
            return SubjectRule.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(ErrorMessages.message(e));
        }
    }
}
