package org.emotion4j.emotion;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What moves in a face, named by what is seen, with the number of the action unit in the Facial Action Coding System (Ekman and
 * Friesen 1978).
 */
public enum FacialMovement {
    /** AU 1. */
    INNER_BROWS_UP(1),
    /** AU 2. */
    OUTER_BROWS_UP(2),
    /** AU 4. */
    BROWS_LOWERED(4),
    /** AU 5. */
    UPPER_LIDS_UP(5),
    /** AU 6. */
    CHEEKS_UP(6),
    /** AU 7. */
    LIDS_TIGHT(7),
    /** AU 9. */
    NOSE_WRINKLED(9),
    /** AU 10. */
    UPPER_LIP_UP(10),
    /** AU 12. */
    LIP_CORNERS_PULLED(12),
    /** AU 15. */
    LIP_CORNERS_DOWN(15),
    /** AU 17. */
    CHIN_RAISED(17),
    /** AU 20. */
    LIPS_STRETCHED(20),
    /** AU 24. */
    LIPS_PRESSED(24),
    /** AU 25. */
    LIPS_PART(25),
    /** AU 26. */
    JAW_DROPS(26);

    /** How many there are. */
    public static final int COUNT = 15;

    private static final List<FacialMovement> ALL = List.of(values());

    private final int actionUnit;
    private final String code;
    private final String label;

    FacialMovement(int actionUnit) {
        this.actionUnit = actionUnit;
        this.code = "AU" + actionUnit;
        this.label = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Returns all of them by the number of their action unit, which is the order in which networks and records have them.
     *
     * @return 15 movements
     */
    public static List<FacialMovement> all() {
        return ALL;
    }

    /**
     * Finds a movement by its code.
     *
     * @param code for example {@code "AU12"}, in any case
     * @return the movement, or empty where none has that code
     */
    public static Optional<FacialMovement> find(String code) {
        return ALL.stream()
                .filter(movement -> movement.code().equalsIgnoreCase(code))
                .findFirst();
    }

    /**
     * Returns the number of the action unit.
     *
     * @return 1 to 26
     */
    public int actionUnit() {
        return actionUnit;
    }

    /**
     * Returns the name of the action unit, as records and JSON have it.
     *
     * @return for example {@code "AU12"}
     */
    public String code() {
        return code;
    }

    /**
     * Returns the movement in words.
     *
     * @return for example {@code "lip corners pulled"}
     */
    public String label() {
        return label;
    }
}
