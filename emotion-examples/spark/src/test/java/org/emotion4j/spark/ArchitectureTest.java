package org.emotion4j.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.emotion4j.HouseRules;

@AnalyzeClasses(packages = "org.emotion4j.spark", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule FINAL = HouseRules.CLASSES_ARE_FINAL;

    @ArchTest
    static final ArchRule NO_AWT = HouseRules.NO_AWT;

    /** Natives and pictures are the libraries' business: here frames come and go as numbers. */
    @ArchTest
    static final ArchRule NO_NATIVE_CODE = HouseRules.NO_NATIVE_CODE;

    @ArchTest
    static final ArchRule ONE_EXIT = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ArchiveJob.class.getName())
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = HouseRules.NO_STANDARD_STREAMS;
}
