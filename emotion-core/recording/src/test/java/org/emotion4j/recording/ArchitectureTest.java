package org.emotion4j.recording;

import static org.emotion4j.HouseRules.noRouteToAFrame;
import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What a record may know. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule RECORDING =
            room("recording", "session", "event", "reading", "emotion", "face", "stage", "file");

    @ArchTest
    static final ArchRule RECORDERS_HAVE_NO_ROUTE_TO_A_FRAME = noRouteToAFrame("recording");
}
