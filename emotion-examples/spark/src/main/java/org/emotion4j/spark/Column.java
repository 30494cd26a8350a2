package org.emotion4j.spark;

/**
 * A column of a table.
 *
 * @param name its name
 * @param type what its cells are
 */
record Column(String name, Type type) {
    /** What a cell is; every one may be empty. */
    enum Type {
        TEXT,
        LONG,
        DOUBLE,
        BOOLEAN
    }

    static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    static Column whole(String name) {
        return new Column(name, Type.LONG);
    }

    static Column number(String name) {
        return new Column(name, Type.DOUBLE);
    }

    static Column flag(String name) {
        return new Column(name, Type.BOOLEAN);
    }
}
