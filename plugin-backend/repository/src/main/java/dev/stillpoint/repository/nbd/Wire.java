package dev.stillpoint.repository.nbd;

/** The protocol's numbers, by the names that its specification gives them. */
final class Wire {

  static final long NBDMAGIC = 0x4E42444D41474943L;
  static final long IHAVEOPT = 0x49484156454F5054L;
  static final long OPTION_REPLY_MAGIC = 0x3E889045565A9L;
  static final int REQUEST_MAGIC = 0x25609513;
  static final int SIMPLE_REPLY_MAGIC = 0x67446698;
  static final int STRUCTURED_REPLY_MAGIC = 0x668E33EF;

  static final int FLAG_FIXED_NEWSTYLE = 1;
  static final int FLAG_NO_ZEROES = 1 << 1;

  static final int TRANSMIT_HAS_FLAGS = 1;
  static final int TRANSMIT_READ_ONLY = 1 << 1;
  static final int TRANSMIT_SEND_FLUSH = 1 << 2;
  static final int TRANSMIT_SEND_DF = 1 << 7;
  static final int TRANSMIT_CAN_MULTI_CONN = 1 << 8;

  static final int OPT_EXPORT_NAME = 1;
  static final int OPT_ABORT = 2;
  static final int OPT_LIST = 3;
  static final int OPT_STARTTLS = 5;
  static final int OPT_INFO = 6;
  static final int OPT_GO = 7;
  static final int OPT_STRUCTURED_REPLY = 8;
  static final int OPT_LIST_META_CONTEXT = 9;
  static final int OPT_SET_META_CONTEXT = 10;

  static final int REP_ACK = 1;
  static final int REP_SERVER = 2;
  static final int REP_INFO = 3;
  static final int REP_META_CONTEXT = 4;
  static final int REP_ERR_UNSUP = (1 << 31) + 1;
  static final int REP_ERR_POLICY = (1 << 31) + 2;
  static final int REP_ERR_INVALID = (1 << 31) + 3;
  static final int REP_ERR_TLS_REQD = (1 << 31) + 5;
  static final int REP_ERR_UNKNOWN = (1 << 31) + 6;
  static final int REP_ERR_TOO_BIG = (1 << 31) + 9;

  static final int INFO_EXPORT = 0;
  static final int INFO_NAME = 1;
  static final int INFO_DESCRIPTION = 2;
  static final int INFO_BLOCK_SIZE = 3;

  static final int CMD_READ = 0;
  static final int CMD_WRITE = 1;
  static final int CMD_DISC = 2;
  static final int CMD_FLUSH = 3;
  static final int CMD_TRIM = 4;
  static final int CMD_WRITE_ZEROES = 6;
  static final int CMD_BLOCK_STATUS = 7;

  static final int CMD_FLAG_FUA = 1;
  static final int CMD_FLAG_DF = 1 << 2;
  static final int CMD_FLAG_REQ_ONE = 1 << 3;

  static final int REPLY_FLAG_DONE = 1;
  static final int REPLY_NONE = 0;
  static final int REPLY_OFFSET_DATA = 1;
  static final int REPLY_OFFSET_HOLE = 2;
  static final int REPLY_BLOCK_STATUS = 5;
  static final int REPLY_ERROR = (1 << 15) + 1;
  static final int REPLY_ERROR_OFFSET = (1 << 15) + 2;

  static final int STATE_HOLE_AND_ZERO = 3;

  static final int EPERM = 1;
  static final int EIO = 5;
  static final int EINVAL = 22;
  static final int EOVERFLOW = 75;

  /** What the specification lets every client ask for at a time: 32 MiB. */
  static final int MAX_PAYLOAD_BYTES = 32 << 20;

  private Wire() {}
}
