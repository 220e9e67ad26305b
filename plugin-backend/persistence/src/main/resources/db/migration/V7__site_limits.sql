-- What may be backed up at a site at most, in bytes; null: no limit.

create table site_limits (
  site text not null primary key,
  vm_total bigint,
  run_data bigint
);
