package dev.stillpoint.policy;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses VMs by what they are rather than by who they are. Pure: placements in, decisions with
 * reasons out.
 *
 * @param include a VM that fits any of these is chosen; at least one
 * @param except unless it fits one of these
 */
public record Selector(List<Rule> include, List<Rule> except) {

  /** What of a VM a rule looks at. */
  public enum By {
    TAG {
      @Override
      List<String> of(VmPlacement vm) {
        return vm.tags();
      }
    },
    AFFINITY_GROUP {
      @Override
      List<String> of(VmPlacement vm) {
        return vm.affinityGroups();
      }
    },
    CLUSTER {
      @Override
      List<String> of(VmPlacement vm) {
        return List.of(vm.cluster());
      }
    },
    NAME {
      @Override
      List<String> of(VmPlacement vm) {
        return List.of(vm.name());
      }
    },
    /** The one VM of that id, whatever it is called. */
    VM {
      @Override
      List<String> of(VmPlacement vm) {
        return List.of(vm.id().value());
      }
    };

    abstract List<String> of(VmPlacement vm);

    /** As people write it: {@code affinity-group}. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One thing a VM must have.
   *
   * @param pattern a name; {@code *} stands for any letters, {@code ?} for one; small and capital
   *     letters are the same
   */
  public record Rule(By by, String pattern) {

    public Rule {
      requireNonNull(by, "by");
      if (requireNonNull(pattern, "pattern").isBlank()) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "The rule " + by.word() + "= names nothing",
            "Write it like tag=prod or name=web*.");
      }
    }

    /**
     * Reads what {@link #toString} writes: {@code tag=prod}, {@code name=web*}.
     *
     * @throws StillpointException BAD_REQUEST naming the words that are known
     */
    public static Rule parse(String text) {
      int equals = text.indexOf('=');
      Optional<By> by =
          Arrays.stream(By.values())
              .filter(b -> equals > 0 && b.word().equals(text.substring(0, equals).strip()))
              .findFirst();
      if (by.isEmpty()) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "'" + text + "' is no rule to select VMs by",
            "Write it like tag=prod; it begins with one of: "
                + Arrays.stream(By.values()).map(By::word).collect(Collectors.joining(", ")));
      }
      return new Rule(by.get(), text.substring(equals + 1).strip());
    }

    boolean fits(VmPlacement vm) {
      return by.of(vm).stream().anyMatch(value -> glob().matcher(value).matches());
    }

    /** Whether it looks for such a thing, by that name. */
    public boolean fits(By what, String name) {
      return by == what && glob().matcher(name).matches();
    }

    private Pattern glob() {
      String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
      return Pattern.compile(
          regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    @Override
    public String toString() {
      return by.word() + "=" + pattern;
    }
  }

  /**
   * What was decided of one VM that a rule fits.
   *
   * @param reason the rule that decided
   */
  public record Decision(VmPlacement vm, boolean chosen, Rule reason) {}

  public Selector {
    include = List.copyOf(include);
    except = List.copyOf(except);
    if (include.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The selection says what to leave out, but not what to take",
          "Add a rule like tag=prod, or name=* for all.");
    }
  }

  /** The VMs that an including rule fits, in the order given, each taken or left out. */
  public List<Decision> decide(List<VmPlacement> vms) {
    return vms.stream().flatMap(vm -> decide(vm).stream()).toList();
  }

  private Optional<Decision> decide(VmPlacement vm) {
    return first(include, vm)
        .map(
            taken ->
                first(except, vm)
                    .map(against -> new Decision(vm, false, against))
                    .orElseGet(() -> new Decision(vm, true, taken)));
  }

  private static Optional<Rule> first(List<Rule> rules, VmPlacement vm) {
    return rules.stream().filter(rule -> rule.fits(vm)).findFirst();
  }
}
