package dev.stillpoint.testing;

import dev.stillpoint.hypervisor.testing.FakeCall;
import java.util.concurrent.CountDownLatch;

/** Holds the calls of a fake site until a test has seen the first one come and lets all pass. */
public final class Gate {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  private Gate() {}

  /** Closed, before every such call of the bench's site. */
  public static Gate before(FakeCall call, Workbench bench) {
    Gate gate = new Gate();
    bench.site.faults().beforeEach(call, gate::pass);
    return gate;
  }

  private void pass() {
    reached.countDown();
    Workbench.await(open);
  }

  /** Returns when somebody stands at it. */
  public void awaitReached() {
    Workbench.await(reached);
  }

  public void open() {
    open.countDown();
  }
}
