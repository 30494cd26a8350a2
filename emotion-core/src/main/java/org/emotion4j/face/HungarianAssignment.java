package org.emotion4j.face;

import java.util.Arrays;

/**
 * Pairs rows with columns so that the sum of the gains is the highest; a row or a column may stay alone, which gains
 * nothing. The Hungarian method with shortest augmenting paths (Kuhn 1955; Jonker and Volgenant, "A Shortest Augmenting
 * Path Algorithm for Dense and Sparse Linear Assignment Problems", Computing 38, 1987): rows squared times columns. Keeps
 * its memory from call to call; confined to one thread.
 */
final class HungarianAssignment {
    /** The answer for a row that stays alone. */
    static final int ALONE = -1;

    private double[] gains = {};
    private int columns;

    private int[] answer = {};
    private int[] rowOfColumn = {};
    private int[] way = {};
    private double[] rowPrice = {};
    private double[] columnPrice = {};
    private double[] shortest = {};
    private boolean[] visited = {};

    /** Starts a problem in which no pair gains anything. */
    void start(int rowCount, int columnCount) {
        columns = columnCount;
        if (gains.length < rowCount * columnCount) {
            gains = new double[rowCount * columnCount];
        }
        Arrays.fill(gains, 0, rowCount * columnCount, 0);
        if (answer.length < rowCount) {
            answer = new int[rowCount];
        }
    }

    /** Says what a pair gains; what is not above 0 is never taken. */
    void gain(int row, int column, double gain) {
        gains[row * columns + column] = gain > 0 ? gain : 0;
    }

    /**
     * Solves the problem.
     *
     * @return the column of each row or {@link #ALONE}; valid until the next call, and as long as there are rows
     */
    int[] solve(int rows) {
        // Each row has a column of its own, behind the real ones, in which it stays alone for nothing.
        int all = columns + rows;
        reserve(rows, all);
        for (int row = 1; row <= rows; row++) {
            augment(row, all);
        }
        Arrays.fill(answer, 0, rows, ALONE);
        for (int column = 1; column <= columns; column++) {
            int row = rowOfColumn[column];
            if (row > 0 && gains[(row - 1) * columns + column - 1] > 0) {
                answer[row - 1] = column - 1;
            }
        }
        return answer;
    }

    private void augment(int row, int all) {
        Arrays.fill(shortest, 0, all + 1, Double.POSITIVE_INFINITY);
        Arrays.fill(visited, 0, all + 1, false);
        rowOfColumn[0] = row;
        int column = 0;
        do {
            visited[column] = true;
            int from = rowOfColumn[column];
            int next = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 1; j <= all; j++) {
                if (!visited[j]) {
                    double reduced = cost(from, j) - rowPrice[from] - columnPrice[j];
                    if (reduced < shortest[j]) {
                        shortest[j] = reduced;
                        way[j] = column;
                    }
                    if (shortest[j] < least) {
                        least = shortest[j];
                        next = j;
                    }
                }
            }
            for (int j = 0; j <= all; j++) {
                if (visited[j]) {
                    rowPrice[rowOfColumn[j]] += least;
                    columnPrice[j] -= least;
                } else {
                    shortest[j] -= least;
                }
            }
            column = next;
        } while (rowOfColumn[column] != 0);
        while (column != 0) {
            int before = way[column];
            rowOfColumn[column] = rowOfColumn[before];
            column = before;
        }
    }

    private double cost(int row, int column) {
        return column > columns ? 0 : -gains[(row - 1) * columns + column - 1];
    }

    private void reserve(int rows, int all) {
        if (rowPrice.length <= rows) {
            rowPrice = new double[rows + 1];
        }
        if (columnPrice.length <= all) {
            columnPrice = new double[all + 1];
            shortest = new double[all + 1];
            visited = new boolean[all + 1];
            rowOfColumn = new int[all + 1];
            way = new int[all + 1];
        }
        Arrays.fill(rowPrice, 0, rows + 1, 0);
        Arrays.fill(columnPrice, 0, all + 1, 0);
        Arrays.fill(rowOfColumn, 0, all + 1, 0);
    }
}
