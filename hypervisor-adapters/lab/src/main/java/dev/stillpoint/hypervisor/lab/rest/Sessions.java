package dev.stillpoint.hypervisor.lab.rest;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Who is logged in. Safe for use by many threads. */
public final class Sessions {
  private static final int TOKEN_BYTES = 64;

  private final List<Account> accounts;
  private final RandomGenerator random;
  private final Map<String, Account> tokens = new ConcurrentHashMap<>();

  public Sessions(List<Account> accounts, RandomGenerator random) {
    this.accounts = List.copyOf(accounts);
    this.random = random;
  }

  Optional<Account> check(String name, String password) {
    return accounts.stream()
        .filter(one -> one.name().equals(name) && one.password().equals(password))
        .findFirst();
  }

  Optional<Account> byId(String id) {
    return accounts.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  int accountCount() {
    return accounts.size();
  }

  String login(Account account) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    tokens.put(token, account);
    return token;
  }

  Optional<Account> byToken(String token) {
    return Optional.ofNullable(tokens.get(token));
  }

  void logout(String token) {
    tokens.remove(token);
  }

  /** All tokens die at once. */
  public void expireAll() {
    tokens.clear();
  }
}
