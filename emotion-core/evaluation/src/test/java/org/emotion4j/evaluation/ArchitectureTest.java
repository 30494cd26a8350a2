package org.emotion4j.evaluation;

import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What figures of models may know. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule EVALUATION = room("evaluation", "reading", "emotion", "face");
}
