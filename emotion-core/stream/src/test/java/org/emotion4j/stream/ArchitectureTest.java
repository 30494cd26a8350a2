package org.emotion4j.stream;

import static org.emotion4j.HouseRules.noRouteToAFrame;
import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What is sent to others may know readings alone. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule STREAM = room("stream", "recording", "reading", "stage");

    @ArchTest
    static final ArchRule NO_ROUTE_TO_A_FRAME = noRouteToAFrame("stream");
}
