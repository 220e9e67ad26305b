-- Everything Stillpoint remembers besides the backups themselves. Instants are text of one length
-- (2026-11-21T08:15:30.000000000Z), so that they sort as text; documents are JSON. Nothing refers to
-- another table: runs and restore points outlive their sites and policies, a password comes before
-- its site. ${sequence} is how the database at hand numbers rows in the order they come.

create table sites (
  id text not null primary key,
  name text not null unique,
  kind text not null,
  url text not null,
  username text not null,
  trusted_certificates text not null
);

-- sealed: base64 of AES-256-GCM; key_id: which key file opens it.
create table secrets (
  site text not null primary key,
  key_id text not null,
  sealed text not null
);

create table policies (
  id text not null primary key,
  name text not null unique,
  site text not null,
  document text not null
);

create table runs (
  sequence ${sequence},
  id text not null unique,
  kind text not null,
  state text not null,
  site text not null,
  policy text,
  created text not null,
  document text not null
);

create index runs_by_state on runs (state, sequence);

create table journal (
  sequence ${sequence},
  run text not null,
  site text not null,
  kind text not null,
  reference text not null,
  details text not null,
  since text not null,
  unique (run, kind, reference)
);

create table restore_points (
  id text not null primary key,
  site text not null,
  vm text not null,
  vm_name text not null,
  point_time text not null,
  created text not null,
  run text not null,
  document text not null
);

create index restore_points_by_time on restore_points (point_time, created, id);
create index restore_points_by_site on restore_points (site, point_time, created, id);
create index restore_points_by_vm on restore_points (site, vm, point_time, created, id);
create index restore_points_by_vm_id on restore_points (vm);
create index restore_points_by_vm_name on restore_points (vm_name);
