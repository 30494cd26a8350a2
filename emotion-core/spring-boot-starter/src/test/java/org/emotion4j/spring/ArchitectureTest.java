package org.emotion4j.spring;

import static org.emotion4j.HouseRules.room;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What the starter may know: no run time, which it finds as a provider. */
@AnalyzeClasses(packages = "org.emotion4j.spring", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule STARTER = room("spring", "pipeline", "spi", "stage", "face", "emotion");
}
