package dev.rootbeat.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The walls between the rooms of the house: who may know whom. */
@AnalyzeClasses(packages = ProductCode.ROOT, importOptions = ProductCode.class)
class WallsTest {

    private static final String MODULE = "dev.rootbeat.module..";
    private static final String SERVER = "dev.rootbeat.server..";
    private static final String AT = "dev.rootbeat.module.at..";
    private static final String DEVICE_CHANNEL = "dev.rootbeat.module.channel..";
    private static final String SERVER_CHANNEL = "dev.rootbeat.server.channel..";

    @ArchTest
    static final ArchRule the_module_knows_nothing_of_the_server = noClasses()
            .that()
            .resideInAPackage(MODULE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERVER);

    @ArchTest
    static final ArchRule the_server_knows_nothing_of_the_module_and_only_the_language_of_the_root_of_trust = classes()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("dev.rootbeat..")
                    .or(resideInAnyPackage(
                            SERVER,
                            "dev.rootbeat.rot.protocol..",
                            "dev.rootbeat.rot.crypto..",
                            "dev.rootbeat.sim..",
                            "dev.rootbeat.options..")));

    @ArchTest
    static final ArchRule the_root_of_trust_and_the_simulated_world_know_nobody_above_them = noClasses()
            .that()
            .resideInAnyPackage("dev.rootbeat.rot..", "dev.rootbeat.sim..", "dev.rootbeat.options..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MODULE, SERVER);

    @ArchTest
    static final ArchRule at_never_talks_to_the_channel = noClasses()
            .that()
            .resideInAPackage(AT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DEVICE_CHANNEL);

    @ArchTest
    static final ArchRule the_channel_never_talks_to_at = noClasses()
            .that()
            .resideInAPackage(DEVICE_CHANNEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(AT);

    @ArchTest
    static final ArchRule the_servers_api_never_talks_to_a_device = noClasses()
            .that()
            .resideInAPackage("dev.rootbeat.server.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERVER_CHANNEL);

    @ArchTest
    static final ArchRule californium_stays_outside_the_simulated_world = noClasses()
            .that()
            .resideOutsideOfPackages(DEVICE_CHANNEL, SERVER_CHANNEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.californium..");

    @ArchTest
    static final ArchRule only_the_sql_store_speaks_sql = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rootbeat.server.store.sql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..");

    @ArchTest
    static final ArchRule packages_do_not_turn_back_on_themselves =
            slices().assignedFrom(new EachPackage()).should().beFreeOfCycles();

    /** A slice per package: what lies deeper is another room. */
    private static final class EachPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    }
}
