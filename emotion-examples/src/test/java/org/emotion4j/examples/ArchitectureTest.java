package org.emotion4j.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.emotion4j.HouseRules;
import org.opencv.dnn.Net;

/** The whole house, libraries and programs: all that is on this module's class path. */
@AnalyzeClasses(packages = "org.emotion4j", importOptions = HouseRules.MainClasses.class)
class ArchitectureTest {
    private static final Set<String> OF_THE_CORE = Set.of(
            "org.emotion4j.emotion.internal",
            "org.emotion4j.face.internal",
            "org.emotion4j.file.internal",
            "org.emotion4j.stage.internal");

    private static final String[] PROGRAMS = {
        "org.emotion4j.chart..", "org.emotion4j.cli..", "org.emotion4j.window..", "org.emotion4j.examples.."
    };

    @ArchTest
    static final ArchRule NO_CIRCLES_BETWEEN_PACKAGES =
            slices().matching("org.emotion4j.(**)").should().beFreeOfCycles();

    /**
     * A module's implementation is its own, whatever Java would allow; the core's internal packages are for the modules of
     * this project, as its {@code module-info} has them, and not for programs that show how to embed.
     */
    @ArchTest
    static final ArchRule INTERNAL_IS_INTERNAL = noClasses()
            .should(new ArchCondition<JavaClass>("use the internal package of another module") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().forEach(dependency -> {
                        String target = dependency.getTargetClass().getPackageName();
                        boolean uses = target.startsWith("org.emotion4j.")
                                && target.endsWith(".internal")
                                && !OF_THE_CORE.contains(target)
                                && !type.getPackageName()
                                        .startsWith(target.substring(0, target.length() - ".internal".length()));
                        events.add(new SimpleConditionEvent(dependency, uses, dependency.getDescription()));
                    });
                }
            });

    /** Its native code takes any list for an {@code ArrayList}: see {@code OutputNames}. */
    @ArchTest
    static final ArchRule OPENCV_GETS_NO_LIST_OF_TEXTS_ELSEWHERE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.emotion4j.opencv.OutputNames")
            .should()
            .callMethod(Net.class, "forward", List.class, List.class)
            .orShould()
            .callMethod(Net.class, "setInputsNames", List.class);

    @ArchTest
    static final ArchRule LIBRARIES_KNOW_NO_PROGRAM = noClasses()
            .that(DescribedPredicate.not(resideInAnyPackage(PROGRAMS)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROGRAMS);

    @ArchTest
    static final ArchRule CHARTS_KNOW_NO_PROGRAM = noClasses()
            .that()
            .resideInAPackage("org.emotion4j.chart..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.emotion4j.cli..", "org.emotion4j.window..", "org.emotion4j.examples..");

    @ArchTest
    static final ArchRule EXAMPLES_KNOW_THE_LIBRARIES_ALONE = noClasses()
            .that()
            .resideInAPackage("org.emotion4j.examples..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.emotion4j.chart..",
                    "org.emotion4j.cli..",
                    "org.emotion4j.window..",
                    "org.emotion4j..internal..");

    @ArchTest
    static final ArchRule THE_WINDOW_KNOWS_NO_COMMAND = noClasses()
            .that()
            .resideInAPackage("org.emotion4j.window..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.emotion4j.cli..");

    @ArchTest
    static final ArchRule NO_COMMAND_POINTS_BACK_UP = noClasses()
            .that()
            .resideInAPackage("org.emotion4j.cli.*..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.emotion4j.cli"));

    @ArchTest
    static final ArchRule CLI_IO = cliRoom("io");

    @ArchTest
    static final ArchRule CLI_OPTIONS = cliRoom("options", "io");

    @ArchTest
    static final ArchRule CLI_TIMELINE = cliRoom("timeline", "io");

    @ArchTest
    static final ArchRule CLI_ANALYZE = cliRoom("analyze", "options", "timeline", "io");

    @ArchTest
    static final ArchRule CLI_SESSIONS = cliRoom("sessions", "options", "timeline", "io");

    @ArchTest
    static final ArchRule CLI_MODELS = cliRoom("models", "options", "timeline", "io");

    @ArchTest
    static final ArchRule CLI_DEMO = cliRoom("demo", "options", "timeline", "io");

    private static ArchRule cliRoom(String name, String... known) {
        String[] allowed = new String[known.length + 1];
        for (int i = 0; i < known.length; i++) {
            allowed[i] = "org.emotion4j.cli." + known[i] + "..";
        }
        allowed[known.length] = "org.emotion4j.cli." + name + "..";
        return noClasses()
                .that()
                .resideInAPackage("org.emotion4j.cli." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.emotion4j.cli..")
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed))));
    }
}
