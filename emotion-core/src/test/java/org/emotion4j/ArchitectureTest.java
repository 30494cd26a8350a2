package org.emotion4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.stream.Stream;
import org.emotion4j.frame.Pixels;

/** The walls between the rooms of the core. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.emotion4j.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule STAGE = room("stage");

    @ArchTest
    static final ArchRule FRAME = room("frame", "stage");

    @ArchTest
    static final ArchRule FACE = room("face", "frame", "stage");

    @ArchTest
    static final ArchRule EMOTION = room("emotion", "face", "frame", "stage");

    @ArchTest
    static final ArchRule EVENT = room("event", "emotion", "face");

    @ArchTest
    static final ArchRule READING = room("reading", "emotion", "face");

    @ArchTest
    static final ArchRule SESSION = room("session", "reading", "emotion", "face", "stage");

    @ArchTest
    static final ArchRule ANALYSIS = room("analysis", "session", "reading", "emotion", "face", "stage");

    @ArchTest
    static final ArchRule REPORT = room("report", "analysis", "session", "reading", "emotion", "stage");

    @ArchTest
    static final ArchRule SPI = room("spi", "emotion", "face", "stage");

    /** Privacy by type: whoever records or listens is handed numbers and words, and nothing that leads to a picture. */
    @ArchTest
    static final ArchRule RECORDERS_AND_LISTENERS_HAVE_NO_ROUTE_TO_A_FRAME = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.emotion4j.event..",
                    "org.emotion4j.reading..",
                    "org.emotion4j.session..",
                    "org.emotion4j.analysis..")
            .should()
            .transitivelyDependOnClassesThat()
            .areAssignableTo(Pixels.class);

    @ArchTest
    static final ArchRule NO_AWT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..");

    @ArchTest
    static final ArchRule NO_NATIVE_CODE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.opencv..", "ai.djl..", "org.bytedeco..", "nu.pattern..");

    @ArchTest
    static final ArchRule NO_EXIT = noClasses().should().callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule NO_STACK_TRACES = noClasses()
            .should()
            .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("printStackTrace")));

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule NO_PROCESS_WIDE_PROPERTY =
            noClasses().should().callMethod(System.class, "setProperty", String.class, String.class);

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAssignableTo(Throwable.class)
            .and(DescribedPredicate.not(isAnonymousOrPackageInfo()))
            .should()
            .haveModifier(JavaModifier.FINAL);

    /** A room may know itself, the rooms named, and everything outside this library. */
    private static ArchRule room(String name, String... known) {
        String[] allowed = Stream.concat(Stream.of(name), Arrays.stream(known))
                .map(room -> "org.emotion4j." + room + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("org.emotion4j." + name + "..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.emotion4j..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))));
    }

    private static DescribedPredicate<JavaClass> isAnonymousOrPackageInfo() {
        return DescribedPredicate.describe(
                "anonymous or package-info",
                type -> type.isAnonymousClass() || type.getSimpleName().equals("package-info"));
    }
}
