package dev.stillpoint.hypervisor.testing;

/** The calls by which a session of the {@link FakeSite} reaches the manager. */
public enum FakeCall {
  CONNECT,
  INFO,
  LIST,
  SETTINGS,
  TAKE_SNAPSHOT,
  CHECKPOINTS,
  OPEN_READER,
  EXTENTS,
  READ,
  CLOSE_READER,
  REMOVE_SNAPSHOT,
  CREATE_DISK,
  OPEN_WRITER,
  WRITE,
  ZERO,
  FLUSH,
  READ_BACK,
  FINISH_WRITER,
  CLOSE_WRITER,
  SWAP_DISK,
  APPLY_SETTINGS,
  CREATE_VM,
  ATTACH_DISK,
  COMPLETE_VM,
  DRIVE_CONTENT,
  CHANGE_DRIVE,
  ACTIVITY,
  STRAYS,
  RELEASE
}
