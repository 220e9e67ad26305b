package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.model.Vm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the engine's search language that the lab knows: {@code name=x}, {@code id=x}, {@code
 * status=x}, joined by {@code and}, with {@code *} in values, and {@code page N} at the end. As in
 * the engine a search it cannot make sense of finds nothing.
 */
final class Search {
  private static final int PAGE_SIZE = 100;
  private static final Pattern PAGE = Pattern.compile("(?i)\\s*\\bpage\\s+(\\d+)\\s*$");
  private static final Pattern TERM = Pattern.compile("\\s*(\\w+)\\s*=\\s*\"?([^\"]*?)\"?\\s*");

  private final Predicate<Vm> matches;
  private final Optional<Integer> page;

  private Search(Predicate<Vm> matches, Optional<Integer> page) {
    this.matches = matches;
    this.page = page;
  }

  static Search parse(String text) {
    Matcher page = PAGE.matcher(text);
    boolean paged = page.find();
    String terms = paged ? text.substring(0, page.start()) : text;
    Predicate<Vm> all = vm -> true;
    if (!terms.isBlank()) {
      for (String term : terms.split("(?i)\\s+and\\s+")) {
        all = all.and(term(term));
      }
    }
    return new Search(all, paged ? Optional.of(Integer.parseInt(page.group(1))) : Optional.empty());
  }

  private static Predicate<Vm> term(String text) {
    Matcher term = TERM.matcher(text);
    if (!term.matches() || term.group(2).isEmpty()) {
      return vm -> false;
    }
    Pattern value =
        Pattern.compile(
            Pattern.quote(term.group(2)).replace("*", "\\E.*\\Q"),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    return switch (term.group(1).toLowerCase(Locale.ROOT)) {
      case "name" -> vm -> value.matcher(vm.name()).matches();
      case "id" -> vm -> value.matcher(vm.id()).matches();
      case "status" -> vm -> value.matcher(vm.status().word()).matches();
      case "cluster" -> vm -> value.matcher("Default").matches();
      default -> vm -> false;
    };
  }

  List<Vm> in(List<Vm> vms) {
    List<Vm> found = vms.stream().filter(matches).toList();
    if (page.isEmpty()) {
      return found;
    }
    int from = Math.min(found.size(), Math.max(0, page.get() - 1) * PAGE_SIZE);
    return found.subList(from, Math.min(found.size(), from + PAGE_SIZE));
  }
}
