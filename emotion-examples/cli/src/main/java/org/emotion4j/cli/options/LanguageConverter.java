package org.emotion4j.cli.options;

import java.util.IllformedLocaleException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a language: {@code es}, or with a country {@code es-PE}. */
public final class LanguageConverter implements ITypeConverter<Locale> {
    @Override
    public Locale convert(String text) {
        try {
            return new Locale.Builder().setLanguageTag(text).build();
        } catch (IllformedLocaleException e) {
            throw new TypeConversionException("'" + text + "' is no language; expected en, es or es-PE for example");
        }
    }
}
