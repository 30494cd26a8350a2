package org.emotion4j.opencv;

import java.util.Comparator;

/** File names as people count: {@code img2.jpg} before {@code img10.jpg}, capitals and small letters alike. */
enum NaturalOrder implements Comparator<String> {
    /** The one order. */
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfNumber(a, i);
                int endB = endOfNumber(b, j);
                order = compareNumbers(withoutZeros(a, i, endA), withoutZeros(b, j, endB));
                i = endA;
                j = endB;
            } else {
                order = Character.compare(fold(a.charAt(i++)), fold(b.charAt(j++)));
            }
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    private static int compareNumbers(String a, String b) {
        int order = Integer.compare(a.length(), b.length());
        return order != 0 ? order : a.compareTo(b);
    }

    private static String withoutZeros(String text, int start, int end) {
        while (start < end && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start, end);
    }

    private static int endOfNumber(String text, int start) {
        while (start < text.length() && isDigit(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
