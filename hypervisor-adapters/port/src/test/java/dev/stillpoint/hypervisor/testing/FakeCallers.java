package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Callers;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whoever was introduced to the fake site. */
final class FakeCallers implements Callers {

  private final FakeSession session;
  private final FakeManager manager;

  FakeCallers(FakeSession session, FakeManager manager) {
    this.session = session;
    this.manager = manager;
  }

  @Override
  public Caller identify(Password token) {
    return session.call(
        FakeCall.IDENTIFY,
        () -> {
          Caller caller = manager.callers.get(token.use(String::new));
          if (caller == null) {
            throw new StillpointException(
                ErrorKind.UNAUTHENTICATED,
                "The fake site does not know the caller's token",
                "Log in again");
          }
          return withHisOwn(caller);
        });
  }

  /** Who was given a VM is shown it and may restore it. */
  private Caller withHisOwn(Caller caller) {
    Map<VmId, Set<String>> vms = new HashMap<>(caller.vms());
    manager.vms.forEach(
        (id, vm) -> {
          if (vm.owners.contains(caller.id())) {
            vms.merge(id, Set.of(permit(Right.RESTORE)), FakeCallers::both);
          }
        });
    return new Caller(caller.id(), caller.name(), caller.seesAll(), caller.general(), vms);
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** The token of who was introduced with {@code user/password}. */
  @Override
  public SignIn signIn(String user, Password password) {
    return session.call(
        FakeCall.IDENTIFY,
        () -> {
          String token = user + "/" + password.use(String::new);
          if (!manager.callers.containsKey(token)) {
            throw new StillpointException(
                ErrorKind.UNAUTHENTICATED,
                "The fake site does not accept that name and password",
                "Try again");
          }
          return new SignIn(new Password(token.toCharArray()), Optional.empty());
        });
  }

  @Override
  public void signOut(Password token) {
    session.call(FakeCall.IDENTIFY, () -> manager.callers.remove(token.use(String::new)));
  }

  @Override
  public String permit(Right right) {
    return right.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<MissingPermit> missingPermits() {
    return session.call(FakeCall.IDENTIFY, () -> manager.missingPermits);
  }
}
