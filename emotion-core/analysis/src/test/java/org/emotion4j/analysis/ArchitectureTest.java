package org.emotion4j.analysis;

import static org.emotion4j.HouseRules.noRouteToAFrame;
import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What figures and pages of recordings may know. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule ANALYSIS =
            room("analysis", "words", "recording", "session", "reading", "event", "emotion", "face", "stage");

    @ArchTest
    static final ArchRule REPORT =
            room("report", "analysis", "words", "recording", "session", "event", "reading", "emotion", "stage", "file");

    @ArchTest
    static final ArchRule STUDY =
            room("study", "analysis", "recording", "event", "reading", "emotion", "face", "stage");

    @ArchTest
    static final ArchRule WORDS = room("words", "recording", "session", "reading", "emotion", "face");

    @ArchTest
    static final ArchRule NEITHER_HAS_A_ROUTE_TO_A_FRAME = noRouteToAFrame("analysis", "report", "study", "words");
}
