-- How long points are kept, what was kept, and how full the repository was each day.

-- A line for each restore point, also after it has ended: metering needs those of past months.
create table kept_points (
  id text not null primary key,
  site text not null,
  vm text not null,
  vm_name text not null,
  policy text,
  run text not null,
  point_time text not null,
  since text not null,
  kind text,
  expires text,
  ended text,
  logical_bytes bigint not null,
  stored_bytes bigint not null
);

create index kept_points_by_expiry on kept_points (ended, expires);
create index kept_points_by_vm on kept_points (site, vm, ended, point_time);
create index kept_points_by_policy on kept_points (policy, ended);
create index kept_points_by_since on kept_points (since);

create table holds (
  point text not null primary key,
  until text,
  reason text not null,
  who text not null,
  since text not null
);

-- When a VM was seen at its site for the last time.
create table vm_sightings (
  site text not null,
  vm text not null,
  name text not null,
  seen text not null,
  primary key (site, vm)
);

create table space_days (
  day text not null primary key,
  needed_bytes bigint not null,
  capacity_bytes bigint not null
);

create table vm_space_days (
  day text not null,
  vm text not null,
  unique_bytes bigint not null,
  shared_bytes bigint not null,
  primary key (day, vm)
);
