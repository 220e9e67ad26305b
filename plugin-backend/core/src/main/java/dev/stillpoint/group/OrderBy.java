package dev.stillpoint.group;

/** Whose figures decide: a VM's own, or those of all VMs on its host or storage together. */
public enum OrderBy {
  VM {
    @Override
    String key(Candidate vm) {
      return "";
    }
  },
  HOST {
    @Override
    String key(Candidate vm) {
      return vm.host();
    }
  },
  /** Of a VM with disks on several storages the first counts. */
  STORAGE {
    @Override
    String key(Candidate vm) {
      return vm.storages().isEmpty() ? "" : vm.storages().get(0);
    }
  };

  /** What is decided of together; empty where there is no such thing. */
  abstract String key(Candidate vm);

  public String word() {
    return Words.of(this);
  }

  /**
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST naming the words that are known
   */
  public static OrderBy parse(String word) {
    return Words.parse(OrderBy.class, "by", word);
  }
}
