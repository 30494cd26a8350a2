package org.emotion4j.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

/** What the rooms of the service may know of each other. */
@AnalyzeClasses(packages = "org.emotion4j.web", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_CYCLES = HouseRules.NO_CYCLES;

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = HouseRules.CLASSES_ARE_FINAL;

    @ArchTest
    static final ArchRule NO_AWT = HouseRules.NO_AWT;

    /** It shows how to embed: on the public API. */
    @ArchTest
    static final ArchRule NOTHING_INTERNAL =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.emotion4j..internal..");

    /** The token is the guard's: nobody else asks for it. */
    @ArchTest
    static final ArchRule ONLY_THE_GUARD_KNOWS_THE_TOKEN = noClasses()
            .that()
            .resideOutsideOfPackage("org.emotion4j.web.access..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("AccessToken");

    @ArchTest
    static final ArchRule UPLOADS_KNOW_NO_RECORDS = noClasses()
            .that()
            .resideInAPackage("org.emotion4j.web.upload..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.emotion4j.web.live..", "org.emotion4j.web.records..");
}
