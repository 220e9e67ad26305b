package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.SecretStore;
import dev.stillpoint.testing.SecretStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SqlSecretStoreTest extends SecretStoreContract {

  private static final SiteId FIRST = new SiteId("site-1");
  private static final SiteId SECOND = new SiteId("site-2");

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Override
  protected SecretStore store() {
    return database.get().secrets(database.keyFile());
  }

  @Test
  void makesTheKeyForItsOwnerAloneOnceItIsNeeded() throws IOException {
    assertThat(store().find(FIRST)).isEmpty();
    assertThat(database.keyFile()).doesNotExist();
    put(FIRST, "secret");
    assertThat(permissions(database.keyFile())).isEqualTo("rw-------");
    assertThat(database.keyFile()).hasSize(40);
  }

  @Test
  void leavesNoTraceOfThePasswordInAnyFile() throws IOException {
    put(FIRST, "Tr0ub4dor&3");
    database.get().close();
    try (Stream<Path> files = Files.list(database.directory())) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("Tr0ub4dor&3");
      }
    }
  }

  @Test
  void opensPasswordsAfterARestart() {
    put(FIRST, "secret");
    database.reopen();
    assertThat(text(FIRST)).contains("secret");
  }

  @Test
  void sealsTheSamePasswordDifferentlyEachTime() {
    put(FIRST, "same");
    put(SECOND, "same");
    assertThat(sealed()).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void saysThatTheKeyIsMissingAndMakesNoOther() throws IOException {
    put(FIRST, "secret");
    Files.delete(database.keyFile());
    assertRefused(() -> text(FIRST), "is missing");
    assertRefused(() -> put(SECOND, "other"), "is missing");
    assertThat(database.keyFile()).doesNotExist();
  }

  @Test
  void saysThatTheKeyIsAnotherAndSealsNothingWithIt() throws IOException {
    put(FIRST, "secret");
    byte[] other = Files.readAllBytes(database.keyFile());
    other[39] ^= 1;
    Files.write(database.keyFile(), other);
    assertRefused(() -> text(FIRST), "is not the one");
    assertRefused(() -> put(SECOND, "other"), "is not the one");
    assertThat(sealed()).hasSize(1);
  }

  @Test
  void startsAnewOnceAllPasswordsOfALostKeyAreForgotten() throws IOException {
    put(FIRST, "secret");
    Files.delete(database.keyFile());
    store().delete(FIRST);
    put(SECOND, "fresh");
    assertThat(text(SECOND)).contains("fresh");
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws IOException {
    put(FIRST, "secret");
    Files.setPosixFilePermissions(database.keyFile(), PosixFilePermissions.fromString("rw-r-----"));
    StillpointException refusal =
        catchThrowableOfType(StillpointException.class, () -> text(FIRST));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.PERMISSION);
    assertThat(refusal.remedy()).contains("chmod 600");
  }

  @Test
  void refusesAFileThatIsNoKey() throws IOException {
    for (String content : List.of("", "SPKEY001", "SPKEY002" + "k".repeat(32), "x".repeat(41))) {
      Files.deleteIfExists(database.keyFile());
      Files.createFile(
          database.keyFile(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(database.keyFile(), content);
      assertRefused(() -> put(FIRST, "secret"), "is not a key");
    }
  }

  @Test
  void doesNotOpenWhatWasSealedForAnotherSite() {
    put(FIRST, "one");
    put(SECOND, "two");
    execute("update secrets set sealed = (select sealed from secrets where site = 'site-1')");
    assertThat(text(FIRST)).contains("one");
    assertRefused(() -> text(SECOND), "password of site site-2 is damaged");
  }

  @Test
  void saysWhichPasswordIsDamaged() {
    for (String damage :
        List.of("'AQ' || substr(sealed, 3, 40)", "substr(sealed, 1, 8)", "'%'", "''", "'Ag=='")) {
      put(FIRST, "secret");
      execute("update secrets set sealed = " + damage);
      assertRefused(() -> text(FIRST), "password of site site-1 is damaged");
    }
  }

  @Test
  void quotesNothingOfWhatItCouldNotWrite() {
    execute(
        "create trigger refuse before insert on secrets"
            + " begin select raise(abort, 'no, ' || new.site); end");
    assertThatThrownBy(() -> put(FIRST, "secret"))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("no, site-1")
        .hasStackTraceContaining("Jdbi")
        .satisfies(
            failure -> {
              for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.getMessage()).doesNotContain("sealed");
              }
            });
  }

  @Test
  void refusesHalfACharacter() {
    assertThatThrownBy(() -> put(FIRST, "a\ud83e"))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_REQUEST))
        .hasMessageNotContaining("\ud83e");
    assertThat(text(FIRST)).isEmpty();
  }

  @Test
  void makesOneKeyWhenTheFirstPasswordsComeTogether() {
    List<SiteId> sites = IntStream.range(0, 8).mapToObj(i -> new SiteId("site-" + i)).toList();
    sites.parallelStream().forEach(site -> put(site, "password of " + site));
    for (SiteId site : sites) {
      assertThat(text(site)).contains("password of " + site);
    }
  }

  private List<String> sealed() {
    return database
        .get()
        .transactions()
        .read(
            handle -> handle.createQuery("select sealed from secrets").mapTo(String.class).list());
  }

  private void execute(String sql) {
    database.get().transactions().write(handle -> handle.execute(sql));
  }

  private static void assertRefused(Runnable call, String message) {
    StillpointException refusal = catchThrowableOfType(StillpointException.class, call::run);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    assertThat(refusal.remedy()).isNotBlank();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
