package dev.stillpoint.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The walls of docs/architecture.md that Maven's module graph cannot hold. */
class ArchitectureTest {

  private static final String[] CORE = {
    "dev.stillpoint.site..",
    "dev.stillpoint.policy..",
    "dev.stillpoint.schedule..",
    "dev.stillpoint.slot..",
    "dev.stillpoint.trigger..",
    "dev.stillpoint.group..",
    "dev.stillpoint.job..",
    "dev.stillpoint.backup..",
    "dev.stillpoint.restore..",
    "dev.stillpoint.vmgroup..",
    "dev.stillpoint.catalog..",
    "dev.stillpoint.transfer..",
    "dev.stillpoint.retention..",
    "dev.stillpoint.metering..",
    "dev.stillpoint.space..",
    "dev.stillpoint.upkeep..",
    "dev.stillpoint.protection..",
    "dev.stillpoint.event..",
    "dev.stillpoint.health.."
  };
  private static final String UPKEEP = "dev.stillpoint.upkeep";
  private static final String LAB = "dev.stillpoint.hypervisor.lab..";
  private static final String OVIRT = "dev.stillpoint.hypervisor.ovirt..";
  private static final String SERVER = "dev.stillpoint.server..";
  private static final String TERMINAL = "dev.stillpoint.terminal";
  private static final String OFFLINE = "dev.stillpoint.offline";

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.stillpoint");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.stillpoint.(*)..").should().beFreeOfCycles().check(all);
  }

  @Test
  void coreKnowsNoFrameworkAndNoSdk() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.fasterxml..",
            "jakarta..",
            "org.glassfish..",
            "org.eclipse..",
            "org.ovirt..",
            "java.sql..",
            "org.jdbi..")
        .check(all);
  }

  @Test
  void coreDependsOnNothingAboveIt() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.stillpoint.persistence..",
            "dev.stillpoint.rest..",
            SERVER,
            "dev.stillpoint.commandline..")
        .check(all);
  }

  @Test
  void insideTheRepositoryOnlyItsFrontDoorIsOpen() {
    noClasses()
        .that(not(resideInAnyPackage("dev.stillpoint.repository..", OFFLINE, UPKEEP)))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.stillpoint.repository..")
                .and(not(resideInAPackage("dev.stillpoint.repository"))))
        .check(all);
  }

  @Test
  void upkeepSeesTheRepositorysFrontDoorAndItsMaintenance() {
    noClasses()
        .that()
        .resideInAPackage(UPKEEP)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.stillpoint.repository..")
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.stillpoint.repository", "dev.stillpoint.repository.maintenance"))))
        .check(all);
  }

  @Test
  void theOfflineCommandsNeedTheRepositoryAndNothingOfAServer() {
    noClasses()
        .that()
        .resideInAPackage(OFFLINE)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.stillpoint..")
                .and(
                    not(
                        resideInAnyPackage(
                            OFFLINE,
                            TERMINAL,
                            "dev.stillpoint.model",
                            "dev.stillpoint.repository",
                            "dev.stillpoint.repository.maintenance",
                            "dev.stillpoint.repository.posix",
                            "dev.stillpoint.repository.nbd"))))
        .check(all);
  }

  @Test
  void theTerminalKnowsNoCommand() {
    noClasses()
        .that()
        .resideInAPackage(TERMINAL)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.stillpoint..")
                .and(not(resideInAnyPackage(TERMINAL, "dev.stillpoint.model"))))
        .check(all);
  }

  @Test
  void theRepositoryKnowsNoVmAndNoPolicy() {
    noClasses()
        .that()
        .resideInAPackage("dev.stillpoint.repository..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.stillpoint..")
                .and(
                    not(resideInAnyPackage("dev.stillpoint.repository..", "dev.stillpoint.model"))))
        .check(all);
  }

  @Test
  void onlyTheOvirtAdapterKnowsTheOvirtSdk() {
    noClasses()
        .that(not(resideInAPackage(OVIRT)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.ovirt..")
        .check(all);
  }

  @Test
  void nobodyNamesAnAdapter() {
    noClasses()
        .that(not(resideInAnyPackage(OVIRT, LAB)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OVIRT, LAB)
        .check(all);
  }

  @Test
  void adaptersSeeThePortAndTheModelOnly() {
    noClasses()
        .that()
        .resideInAPackage(OVIRT)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.stillpoint..")
                .and(
                    not(
                        resideInAnyPackage(
                            OVIRT, "dev.stillpoint.hypervisor", "dev.stillpoint.model"))))
        .check(all);
  }

  @Test
  void theLabIsAProgramOfItsOwn() {
    noClasses()
        .that()
        .resideInAPackage(LAB)
        .should()
        .dependOnClassesThat(resideInAPackage("dev.stillpoint..").and(not(resideInAPackage(LAB))))
        .check(all);
  }

  @Test
  void onlyTheServerKnowsTheContainer() {
    noClasses()
        .that(not(resideInAPackage(SERVER)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.glassfish..", "org.eclipse.jetty..")
        .check(all);
  }

  @Test
  void theCommandLineUsesTheApiAndNothingElseOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("dev.stillpoint.commandline..")
        .and()
        .doNotHaveSimpleName("CommandTree")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.stillpoint..")
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.stillpoint.commandline..", TERMINAL, "dev.stillpoint.model"))))
        .check(all);
  }

  @Test
  void onlyTheCommandTreeKnowsThatThereAreOfflineCommands() {
    noClasses()
        .that(not(resideInAPackage(OFFLINE)))
        .and()
        .doNotHaveSimpleName("CommandTree")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OFFLINE)
        .check(all);
  }

  @Test
  void timeIsGivenOutsideTheCompositionRoot() {
    noClasses()
        .that(not(resideInAnyPackage(SERVER, LAB)))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(all);
  }

  @Test
  void zonesAreGivenWhereRunsAreDecided() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .callMethod(ZoneId.class, "systemDefault")
        .check(all);
  }

  @Test
  void thereIsNoStaticState() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat(resideInAPackage("dev.stillpoint.."))
        .should()
        .beFinal()
        .check(all);
  }

  @Test
  void whatTravelsIsRecords() {
    classes()
        .that()
        .resideInAPackage("dev.stillpoint.rest.dto")
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .beRecords()
        .check(all);
  }
}
