package org.emotion4j;

import static org.emotion4j.HouseRules.noRouteToAFrame;
import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

/** The walls between the rooms of the core. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule STAGE = room("stage");

    @ArchTest
    static final ArchRule FILE = room("file");

    @ArchTest
    static final ArchRule FRAME = room("frame", "stage");

    @ArchTest
    static final ArchRule FACE = room("face", "frame", "stage");

    @ArchTest
    static final ArchRule EMOTION = room("emotion", "face", "frame", "stage");

    @ArchTest
    static final ArchRule READING = room("reading", "emotion", "face");

    @ArchTest
    static final ArchRule EVENT = room("event", "reading", "emotion", "face", "stage");

    @ArchTest
    static final ArchRule SESSION = room("session", "event", "reading", "stage");

    @ArchTest
    static final ArchRule SPI = room("spi", "emotion", "face", "frame", "stage");

    @ArchTest
    static final ArchRule PIPELINE =
            room("pipeline", "spi", "session", "event", "reading", "emotion", "face", "frame", "stage");

    @ArchTest
    static final ArchRule LISTENERS_HAVE_NO_ROUTE_TO_A_FRAME = noRouteToAFrame("event", "reading", "session");
}
