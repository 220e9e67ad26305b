package dev.stillpoint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Selector.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectorTest {

  private final List<VmPlacement> vms =
      List.of(
          vm("web01", "Default", List.of("prod"), List.of("pair")),
          vm("web02", "Default", List.of("prod", "no backup"), List.of("pair")),
          vm("db.01", "Fast", List.of(), List.of()),
          vm("dbx01", "Fast", List.of("test"), List.of()));

  private static VmPlacement vm(
      String name, String cluster, List<String> tags, List<String> groups) {
    return new VmPlacement(
        new VmId("id-" + name), name, "dc", cluster, "", List.of(), tags, groups);
  }

  private List<String> chosen(List<String> include, String... except) {
    return new Selector(rules(include), rules(List.of(except)))
        .decide(vms).stream()
            .filter(Selector.Decision::chosen)
            .map(decision -> decision.vm().name())
            .toList();
  }

  private static List<Rule> rules(List<String> texts) {
    return texts.stream().map(Rule::parse).toList();
  }

  @Test
  void choosesByTagGroupClusterAndName() {
    assertThat(chosen(List.of("tag=prod"))).containsExactly("web01", "web02");
    assertThat(chosen(List.of("affinity-group=pair"))).containsExactly("web01", "web02");
    assertThat(chosen(List.of("cluster=Fast"))).containsExactly("db.01", "dbx01");
    assertThat(chosen(List.of("name=web01"))).containsExactly("web01");
  }

  @Test
  void takesAnyRuleThatFitsAndLeavesOutWhatAnExceptionFits() {
    assertThat(chosen(List.of("tag=prod", "cluster=Fast"), "tag=no backup", "name=dbx*"))
        .containsExactly("web01", "db.01");
  }

  @Test
  void takesOnlyStarAndQuestionMarkForMoreThanThemselves() {
    assertThat(chosen(List.of("name=db.01"))).containsExactly("db.01");
    assertThat(chosen(List.of("name=db?01"))).containsExactly("db.01", "dbx01");
    assertThat(chosen(List.of("name=*"))).hasSize(4);
    assertThat(chosen(List.of("name=web"))).isEmpty();
    assertThat(chosen(List.of("name=\\E.*"))).isEmpty();
  }

  @Test
  void doesNotMindCapitals() {
    assertThat(chosen(List.of("tag=PROD"))).hasSize(2);
  }

  @Test
  void saysWhichRuleDecided() {
    List<Selector.Decision> decisions =
        new Selector(rules(List.of("tag=prod")), rules(List.of("tag=no*"))).decide(vms);
    assertThat(decisions)
        .extracting(d -> d.vm().name() + " " + d.chosen() + " " + d.reason())
        .containsExactly("web01 true tag=prod", "web02 false tag=no*");
  }

  @Test
  void refusesARuleThatSaysNothing() {
    Stream.of("tag=", "tag= ", "colour=red", "prod", "=prod", "")
        .forEach(
            text ->
                assertThatThrownBy(() -> Rule.parse(text))
                    .as(text)
                    .isInstanceOf(StillpointException.class));
    assertThatThrownBy(() -> new Selector(List.of(), rules(List.of("tag=prod"))))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("not what to take");
  }
}
