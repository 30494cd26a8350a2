package org.emotion4j.micrometer;

import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What the bridge to Micrometer may know. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule MICROMETER = room("micrometer", "pipeline");
}
