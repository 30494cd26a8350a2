package org.emotion4j.fhir;

import static org.emotion4j.HouseRules.noRouteToAFrame;
import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What goes to hospital systems may know figures and words alone. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule FHIR =
            room("fhir", "analysis", "recording", "session", "reading", "event", "emotion", "stage");

    @ArchTest
    static final ArchRule NO_ROUTE_TO_A_FRAME = noRouteToAFrame("fhir");
}
